//! Verifies every Rust block of an mdBook, more strictly than `mdbook test` does.
//!
//! rustdoc tests a book's blocks, but only so far: a block tagged `compile_fail,E0382` passes
//! with any other error, a shown output or message is never compared, external crates can't be
//! named, an include that has gone leaves an empty block that passes, and a block that hangs
//! hangs it all. This crate checks what the page says:
//!
//! - a rejected block is rejected with **exactly** the codes it names;
//! - a fence behind a block holds what really comes out of it: its `output`, its `stderr`, or the
//!   compiler's `diagnostic`, or the machine code (`asm`); and it is written by `--bless`, never by hand;
//! - blocks may use the dependencies of a package of the book;
//! - every block has a time limit, and every report the line in the Markdown.
//!
//! # Use
//!
//! On the command line, `mdbook-verdict check`; in book.toml, as a preprocessor:
//!
//! ```toml
//! [preprocessor.verdict]
//! command = "mdbook-verdict"
//! before = ["links"]
//! renderers = ["html", "test"]
//! ```
//!
//! As a library:
//!
//! ```no_run
//! use std::path::Path;
//! use mdbook_verdict::{Book, Human, Options, Verifier};
//!
//! # fn main() -> Result<(), mdbook_verdict::Error> {
//! // It needs a book on disk, so this example is only compiled.
//! let root = Path::new(".");
//! let book = Book::load(root)?;
//! let options = Options::default();
//! let verifier = Verifier::new(root, &book.config, &options)?;
//! let mut reporter = Human::new(std::io::stdout(), root, "mdbook-verdict check --filter", "");
//! let summary = verifier.check(&book, &options, &mut reporter)?;
//! assert!(summary.holds());
//! # Ok(())
//! # }
//! ```
//!
//! # The path of a block
//!
//! Markdown → [`includes`](expand) → [`blocks`](find) → [`Promise`] → [`compile`] → [`run`](Ran) →
//! [`Finding`] → [`ResultFence`] → [`Reporter`]: a module per arrow.

mod anchors;
mod asm;
mod bless;
mod blocks;
mod book;
mod bundle;
mod cache;
mod compare;
mod compile;
mod config;
mod dependencies;
mod error;
mod explain;
mod fence;
mod figure;
mod files;
mod finding;
mod include;
mod judge;
mod lanes;
mod leases;
mod list;
mod near;
mod normalise;
mod panes;
mod partition;
mod plan;
mod playground;
mod preprocess;
pub mod process;
mod quiz;
mod report;
mod run;
mod separate;
mod source;
mod stamp;
mod summary;
mod sysroot;
mod tags;
mod toolchain;
mod verify;
mod workshop;
mod wrap;

pub use anchors::Section;
pub use bless::Edit;
pub use blocks::{Block, Blocks, Included, Place, ResultBlock, SourceLines, find, text_of};
pub use book::{Book, Chapter, Page};
pub use cache::{Cache, Key};
pub use compile::{CompileError, Compiled, Depth, MISSING_CRATE, Messages, compile};
pub use config::Config;
pub use dependencies::Dependencies;
pub use error::Error;
pub use fence::{Evidence, FenceTag, ResultFence, Told};
pub use files::FileLinks;
pub use finding::{Finding, Level, Rule};
pub use include::{Expanded, expand};
pub use list::{list, list_json};
pub use panes::replaced;
pub use partition::Partition;
pub use plan::Promise;
pub use preprocess::Verdict as VerdictPreprocessor;
pub use quiz::{Choice, Question, SCRIPT as QUIZ_SCRIPT};
pub use report::{GitHub, Human, Json, Junit, Reporter};
pub use run::Ran;
pub use source::{Location, SourceFile, Text};
pub use summary::{Counts, Status, Summary, Verdict};
pub use tags::{Edition, Tags};
pub use toolchain::Toolchain;
pub use verify::{Judged, Options, Verifier};
pub use wrap::Program;
