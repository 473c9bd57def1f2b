//! Why the command couldn't do its job; an exercise that isn't solved yet is no error.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why the command couldn't do its job.
#[derive(Debug)]
pub enum Error {
    /// A file or folder can't be read or written.
    File {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// An `exercise.toml` can't be understood.
    Description {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        cause: String,
    },
    /// An exercise lacks a file, or has one that nothing is done with.
    Layout {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong with it.
        cause: String,
    },
    /// The book itself can't be read.
    Book(mdbook_verdict::Error),
    /// No exercise has this name.
    NoExercise {
        /// What was asked for.
        name: String,
        /// The names that come near to it, or all of them.
        near: Vec<String>,
    },
    /// There are no exercises.
    Empty(PathBuf),
    /// The compiler can't be run, or broke down.
    Compiler(String),
    /// A compiled exercise can't be run.
    Run(io::Error),
    /// The learner's files can't be watched.
    Watch(String),
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
            Error::Description { path, line, cause } => {
                write!(f, "{}:{line}: {cause}", path.display())
            }
            Error::Layout { path, cause } => write!(f, "{}: {cause}", path.display()),
            Error::Book(cause) => write!(f, "{cause}"),
            Error::NoExercise { name, near } => {
                write!(
                    f,
                    "there is no exercise `{name}`; there is {}",
                    near.join(", ")
                )
            }
            Error::Empty(path) => write!(f, "there are no exercises in {}", path.display()),
            Error::Compiler(cause) => write!(f, "the compiler can't be used: {cause}"),
            Error::Run(cause) => write!(f, "the compiled checks can't be run: {cause}"),
            Error::Watch(cause) => write!(f, "your files can't be watched: {cause}"),
        }
    }
}

impl std::error::Error for Error {}
