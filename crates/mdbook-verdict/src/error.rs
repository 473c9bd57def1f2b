//! Why the verifier couldn't do its job; a promise that doesn't hold is a finding, not an error.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why the verifier couldn't do its job.
#[derive(Debug)]
pub enum Error {
    /// A file or folder can't be read or written.
    File {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// book.toml says something that can't be understood.
    Config {
        /// The configuration file.
        path: PathBuf,
        /// What is wrong, naming the key.
        cause: String,
    },
    /// SUMMARY.md can't be understood.
    Summary {
        /// The summary file.
        path: PathBuf,
        /// What is wrong.
        cause: String,
    },
    /// The compiler can't be run.
    Toolchain(io::Error),
    /// The packages that `manifest` names can't be built.
    Dependencies {
        /// The manifest.
        manifest: PathBuf,
        /// What cargo said.
        cause: String,
    },
    /// A block couldn't be given to the compiler, or its program not be started.
    Block {
        /// The block's file and line.
        name: String,
        /// What the system, or a broken compiler, said.
        cause: String,
    },
    /// A filter matches no block: most likely it is mistyped.
    NoMatch(String),
    /// As a preprocessor: this many promises of the book don't hold; they are reported already.
    Refuted(usize),
    /// No threads could be had to work on blocks.
    Threads(io::Error),
    /// mdBook's JSON can't be understood, or not be answered.
    Protocol(String),
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
            Error::Config { path, cause } | Error::Summary { path, cause } => {
                write!(f, "{}: {cause}", path.display())
            }
            Error::Toolchain(cause) => write!(f, "{cause}"),
            Error::Dependencies { manifest, cause } => {
                write!(
                    f,
                    "the dependencies of {} can't be built: {cause}",
                    manifest.display()
                )
            }
            Error::Block { name, cause } => write!(f, "{name}: {cause}"),
            Error::NoMatch(filter) => write!(f, "no block's name matches `{filter}`"),
            Error::Refuted(1) => write!(f, "a promise of the book doesn't hold"),
            Error::Refuted(count) => write!(f, "{count} promises of the book don't hold"),
            Error::Threads(cause) => write!(f, "can't start threads: {cause}"),
            Error::Protocol(cause) => write!(f, "as a preprocessor: {cause}"),
        }
    }
}

impl std::error::Error for Error {}
