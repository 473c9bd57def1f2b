//! The book's reference pages, made from its chapters.
//!
//! An index that somebody keeps by hand is right until the next chapter. These are made anew from
//! the chapters, and what only an author can say stands in a table beside this file: what an error
//! code means (`codes.toml`), what a term means (`glossary.toml`), what is worth a place on one
//! printed page (`cheat-sheet.toml`). Each entry needs its place in the book, and each place its
//! entry; what is missing is said with the file and the line to write.
//!
//! ```no_run
//! # fn main() -> Result<(), reference::Error> {
//! // It needs the book on disk, so this example is only compiled.
//! let made = reference::make(std::path::Path::new("."))?;
//! assert!(made.faults.is_empty(), "{}", made.faults.join("\n"));
//! for file in made.files {
//!     println!("{}: {} lines", file.path.display(), file.text.lines().count());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! As a preprocessor it makes a link of each term that a chapter defines in bold, to its entry in
//! the glossary; the entry links back.
//!
//! ```
//! let terms = reference::Terms::of(["owner"]);
//! let page = terms.linked("Its **owner** is **not** a term.", "../reference/glossary.html");
//! assert!(page.contains(r##"id="term-owner" href="../reference/glossary.html#owner">**owner**<"##));
//! assert!(page.ends_with("is **not** a term."));
//! ```

mod cheat_sheet;
mod codes;
mod edited;
mod error;
mod glossary;
mod matrix;
mod preprocess;
mod programs;
mod shelf;
mod sources;
mod terms;

use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

pub use error::Error;
pub use preprocess::{ReferencePreprocessor, run};
pub use terms::Terms;

use shelf::Shelf;

/// The pages, and what must be mended before they are whole.
#[derive(Debug)]
pub struct Made {
    /// The files, relative to the repository.
    pub files: Vec<File>,
    /// What is missing or superfluous, and what to write where.
    pub faults: Vec<String>,
}

/// A file that is written by a command.
#[derive(Debug)]
pub struct File {
    /// Where, relative to the repository.
    pub path: PathBuf,
    /// What it holds.
    pub text: String,
}

/// What begins every file that is made here.
const HEAD: &str = "<!-- Written by `cargo book --bless`; not to be edited. -->\n";

/// Makes every page from the book in the repository at `root`.
///
/// # Errors
///
/// If a file can't be read or understood. What is merely incomplete is among the faults.
pub fn make(root: &Path) -> Result<Made, Error> {
    let shelf = Shelf::load(root)?;
    let mut faults = Vec::new();
    let said = tables(root, codes::TABLE)?;
    let codes = codes::Codes::of(&shelf, &said, &mut faults);
    let pages = [
        ("src/reference/error-codes-list.md", codes.page()),
        (
            "src/reference/glossary-list.md",
            glossary::page(&shelf, &tables(root, glossary::TABLE)?, &mut faults),
        ),
        (
            "src/reference/programs-list.md",
            programs::page(root, &shelf, &mut faults)?,
        ),
        (
            "src/reference/sources-list.md",
            sources::page(&shelf, &mut faults),
        ),
        (
            "src/reference/cheat-sheet-list.md",
            cheat_sheet::page(
                &shelf,
                &codes,
                &tables(root, cheat_sheet::TABLE)?,
                &read(root, cheat_sheet::ATLAS)?,
                &mut faults,
            ),
        ),
        (
            "docs/topic-matrix.md",
            matrix::page(&shelf, &tables(root, matrix::TABLE)?, &mut faults),
        ),
    ];
    let files = pages.map(|(path, text)| File {
        path: path.into(),
        text,
    });
    Ok(Made {
        files: files.into(),
        faults,
    })
}

fn read(root: &Path, path: &str) -> Result<String, Error> {
    let path = root.join(path);
    fs::read_to_string(&path).map_err(|cause| Error::File { path, cause })
}

/// Reads a table that an author writes.
fn tables<T: DeserializeOwned>(root: &Path, path: &str) -> Result<T, Error> {
    toml::from_str(&read(root, path)?).map_err(|cause| Error::Table {
        path: path.into(),
        cause: cause.to_string(),
    })
}
