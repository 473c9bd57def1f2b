//! Everything that a concurrent program in an mdBook can come to: found, checked, shown, and
//! stepped through.
//!
//! A page says "this may print 1 or 2". Who has tried every order? A block tagged `explore` is
//! tried by a machine, in every order of its threads' steps, and what comes out stands in a fence
//! behind it:
//!
//! ````markdown
//! ```rust,explore
//! use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
//! let n = AtomicU32::new(0);
//! std::thread::scope(|s| {
//!     for _ in 0..2 {
//!         s.spawn(|| n.store(n.load(SeqCst) + 1, SeqCst));
//!     }
//! });
//! println!("{}", n.load(SeqCst));
//! ```
//!
//! ```text,outcomes,sc
//! 1
//! 2
//! ```
//! ````
//!
//! The fence is a kind of [`mdbook_verdict::ResultFence`], so that it is checked and blessed with
//! all others:
//!
//! ```no_run
//! use std::path::Path;
//! use mdbook_outcomes::{Memory, OutcomesFence};
//! use mdbook_verdict::{Book, Human, Options, Verifier};
//!
//! # fn main() -> Result<(), mdbook_verdict::Error> {
//! // It needs a book on disk, so this example is only compiled.
//! let root = Path::new(".");
//! let (book, options) = (Book::load(root)?, Options::default());
//! let verifier = Verifier::new(root, &book.config, &options)?;
//! let fence = OutcomesFence::new(Memory::new(verifier.cache().clone()));
//! let verifier = verifier.with_fence(Box::new(fence));
//! let mut reporter = Human::new(std::io::stdout(), root, "check --filter", "check --bless");
//! assert!(verifier.check(&book, &options, &mut reporter)?.holds());
//! # Ok(())
//! # }
//! ```
//!
//! On the page, the fence becomes a pane: the outcomes, a schedule that shows each, and, with
//! [`SCRIPT`], the program to be stepped through.
//!
//! A program that can't be followed is an error at its place, never a guess; so there is no way to
//! make an [`Explored`] but to explore:
//!
//! ```compile_fail,E0451
//! let nothing = mdbook_outcomes::Explored { answers: Vec::new() }; // its parts are private
//! ```

mod check;
mod dial;
mod error;
mod execution;
mod explored;
mod fence;
mod html;
mod memory;
mod pane;
mod preprocess;
mod record;
mod steps;
mod timeline;

pub use check::check;
pub use error::Error;
pub use explored::{Explored, Unexplored};
pub use fence::{KIND, OutcomesFence, TAG};
pub use memory::Memory;
pub use pane::pane;
pub use preprocess::OutcomesPreprocessor;
pub use record::{Machine, Record, Records, is_recorded};

/// The script that lets a reader step through a program and turn its orderings, for book.toml's
/// `additional-js`.
pub const SCRIPT: &str = concat!(include_str!("explorer.js"), include_str!("dial.js"));

/// The panes' style sheet, for book.toml's `additional-css`.
pub const STYLE: &str = include_str!("explorer.css");
