//! What can keep a book from being highlighted.

use std::fmt;

/// Why a book was not highlighted.
#[derive(Debug)]
pub enum Error {
    /// What came in isn't what mdBook hands to a preprocessor; why.
    Input(String),
    /// The book could not be written as JSON; why.
    Output(String),
    /// This preprocessor is not stated to run after the one of this name.
    Order(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(why) => write!(f, "standard input isn't a book from mdBook: {why}"),
            Self::Output(why) => write!(f, "can't write the book: {why}"),
            Self::Order(name) => write!(
                f,
                "book.toml doesn't say that \"{name}\" runs first: add \"{name}\" to `after` \
                 in [preprocessor.highlight]"
            ),
        }
    }
}

impl std::error::Error for Error {}
