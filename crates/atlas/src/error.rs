//! Why there is no atlas, or why it can't be believed.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why there is no atlas, or why it can't be believed.
#[derive(Debug)]
pub enum Error {
    /// A file or folder can't be read or written.
    File {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// A line of the list of types can't be understood.
    List {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        cause: String,
    },
    /// cargo or rustc can't be run, or failed where it shouldn't.
    Compiler(String),
    /// The two ways to ask give different answers: then neither is to be believed.
    Disagreement {
        /// The type, as it was asked about.
        about: String,
        /// What the probe said, and what the bound.
        cause: String,
    },
    /// A type's answers are such as no bound on its parameters gives.
    NoBound {
        /// The type.
        about: String,
    },
    /// Types that are to be one row have different answers, or come from different crates.
    Differ {
        /// The types of the row.
        types: Vec<String>,
    },
    /// There is no reason to be given: the compiler names none, and neither do we.
    NoReason {
        /// The type.
        about: String,
    },
    /// A row leads to a chapter that isn't in the book.
    NoChapter {
        /// The type.
        about: String,
        /// Where it leads.
        link: String,
    },
}

impl Error {
    /// For `map_err`: what the system said of a path.
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Error {
        let path = path.to_owned();
        move |cause| Error::File { path, cause }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::File { path, cause } => write!(f, "{}: {cause}", path.display()),
            Error::List { line, cause } => {
                write!(f, "the list of types, line {line}: {cause}")
            }
            Error::Compiler(said) => write!(f, "the compiler couldn't be asked: {said}"),
            Error::Disagreement { about, cause } => {
                write!(f, "{about}: the two ways to ask disagree: {cause}")
            }
            Error::NoBound { about } => {
                write!(f, "{about}: no bound on its parameters gives these answers")
            }
            Error::Differ { types } => {
                write!(f, "{}: not one row: they differ", types.join(" & "))
            }
            Error::NoReason { about } => write!(
                f,
                "{about}: the compiler names no reason for some answer; give one in types.txt"
            ),
            Error::NoChapter { about, link } => {
                write!(f, "{about}: no such place in the book: {link}")
            }
        }
    }
}

impl std::error::Error for Error {}
