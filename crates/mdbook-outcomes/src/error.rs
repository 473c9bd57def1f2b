//! Why a book's explored blocks can't be checked or shown.

use std::fmt;
use std::path::PathBuf;

/// Why a book's explored blocks can't be checked or shown.
#[derive(Debug)]
pub enum Error {
    /// The verifier couldn't do its job.
    Verdict(mdbook_verdict::Error),
    /// mdBook's JSON can't be understood, or not be answered.
    Protocol(String),
    /// The page can't show what its fences say: they are old, or their block can't be explored.
    Page {
        /// Where.
        place: String,
        /// What is wrong.
        cause: String,
    },
    /// The recorded runs can't be read.
    Records {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        cause: String,
    },
    /// Another preprocessor has changed which blocks a chapter has.
    Changed(PathBuf),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Verdict(error) => error.fmt(f),
            Error::Protocol(cause) => write!(f, "as a preprocessor: {cause}"),
            Error::Page { place, cause } => write!(f, "{place}: {cause}"),
            Error::Records { path, cause } => write!(f, "{}: {cause}", path.display()),
            Error::Changed(path) => write!(
                f,
                "{}: another preprocessor has changed its blocks; run it after this one",
                path.display()
            ),
        }
    }
}

impl std::error::Error for Error {}

impl From<mdbook_verdict::Error> for Error {
    fn from(error: mdbook_verdict::Error) -> Error {
        Error::Verdict(error)
    }
}
