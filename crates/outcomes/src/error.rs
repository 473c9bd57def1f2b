//! What can be wrong with a program, or with the request to explore it.

use crate::value::Span;

/// Why a program can't be explored. Each says what to write instead.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Error {
    /// The source isn't Rust, or not in an accepted form.
    Source {
        /// Where.
        span: Span,
        /// What is wrong there, and what to do.
        message: String,
    },
    /// The program left what can be followed while it was explored.
    Stuck {
        /// Where.
        span: Span,
        /// What it did, and what to do.
        message: String,
    },
}

impl Error {
    pub(crate) fn new(span: Span, message: impl Into<String>) -> Error {
        Error::Source {
            span,
            message: message.into(),
        }
    }

    pub(crate) fn message(&self) -> &str {
        match self {
            Error::Source { message, .. } | Error::Stuck { message, .. } => message,
        }
    }

    /// Where it is.
    pub fn span(&self) -> Span {
        match self {
            Error::Source { span, .. } | Error::Stuck { span, .. } => *span,
        }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::Source { span, message } | Error::Stuck { span, message } => {
                write!(f, "{span}: {message}")
            }
        }
    }
}

impl std::error::Error for Error {}

impl From<crate::Stuck> for Error {
    fn from(stuck: crate::Stuck) -> Error {
        Error::Stuck {
            span: stuck.span,
            message: stuck.message,
        }
    }
}
