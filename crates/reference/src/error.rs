//! Why there are no reference pages.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why there are no reference pages.
#[derive(Debug)]
pub enum Error {
    /// A file can't be read.
    File {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// A table isn't what it should be.
    Table {
        /// Which one.
        path: PathBuf,
        /// What is wrong, with the line.
        cause: String,
    },
    /// The book itself can't be read.
    Book(mdbook_verdict::Error),
    /// What came in isn't what mdBook hands to a preprocessor, or can't be handed back.
    Protocol(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::File { path, cause } => write!(f, "can't read {}: {cause}", path.display()),
            Error::Table { path, cause } => write!(f, "{}: {cause}", path.display()),
            Error::Book(cause) => write!(f, "{cause}"),
            Error::Protocol(cause) => write!(f, "not a book from mdBook: {cause}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<mdbook_verdict::Error> for Error {
    fn from(cause: mdbook_verdict::Error) -> Self {
        Error::Book(cause)
    }
}
