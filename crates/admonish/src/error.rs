//! What can go wrong, said so that an author can mend it.

use std::fmt;

/// Why a book was not given back.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The text on standard input is not JSON.
    Json(serde_json::Error),
    /// The JSON is not what mdBook 0.5 hands to a preprocessor, a list of
    /// context and book. The text says what is missing.
    Input(String),
    /// `assets_version` is no `MAJOR.MINOR.PATCH`; mdbook-admonish would panic.
    AssetsVersion(String),
    /// mdbook-admonish refused the configuration or the book; its own words.
    Admonish(String),
    /// Admonitions that would not come out as they were meant; all of them, in
    /// the order of the book.
    Faults(Vec<Fault>),
}

impl Error {
    /// Whether the *caller* is at fault (a wrong protocol), not the book.
    ///
    /// The binary exits with 2 then, with 1 otherwise.
    pub fn is_misuse(&self) -> bool {
        matches!(self, Error::Json(_) | Error::Input(_))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Json(error) => write!(f, "standard input is not JSON: {error}"),
            Error::Input(what) => write!(
                f,
                "this is not what mdBook 0.5 hands to a preprocessor: {what}"
            ),
            Error::AssetsVersion(found) => write!(
                f,
                "assets_version = {found} in book.toml is not a version; write assets_version = \"3.1.0\""
            ),
            Error::Admonish(message) => write!(f, "mdbook-admonish: {message}"),
            Error::Faults(faults) => {
                for fault in faults {
                    writeln!(f, "{fault}")?;
                }
                let plural = if faults.len() == 1 { "" } else { "s" };
                write!(f, "{} fault{plural} in admonitions", faults.len())
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Json(error) => Some(error),
            _ => None,
        }
    }
}

/// One admonition that would not come out as it was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// The chapter's file, relative to the book's root: `src/locks.md`.
    pub file: String,
    /// The line, from 1. In the file if the line could be found there again;
    /// else in the chapter as it was handed over, where other preprocessors
    /// have expanded their includes.
    pub line: usize,
    /// Whether `line` counts in the chapter as handed over, because the file
    /// exists but the line was not found in it.
    pub expanded: bool,
    /// What is wrong.
    pub rule: Rule,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fault { file, line, .. } = self;
        write!(f, "{file}:{line}: {}", self.rule)?;
        if self.expanded {
            f.write_str(" (the line is counted after includes are expanded)")?;
        }
        Ok(())
    }
}

/// What is wrong with an admonition.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// A kind that neither mdbook-admonish nor the book's configuration knows.
    /// It would silently become a note.
    UnknownKind(String),
    /// A setting other than `title`, `type`, `id`, `class` and `collapsible`.
    /// It would silently be dropped.
    UnknownSetting(String),
    /// The words after `admonish` cannot be read; mdbook-admonish's message.
    Syntax(String),
    /// A fence that is meant as an admonition and would stay a code block, or
    /// plain text; with the reason.
    NotSeen(&'static str),
    /// An admonition inside an admonition; the inner one would stay a code block.
    Nested,
    /// In a quote, list or footnote from which the box would fall out.
    FallsOut(&'static str),
    /// The fence is never closed. The text would lose its last letters, and the
    /// rest of the chapter would be in the box.
    Unclosed,
    /// The fence is closed by the end of a fence inside it, because it has no
    /// more backticks than that one.
    ClosedEarly,
    /// A fence further down is never closed: the sign of an admonition whose
    /// fence was closed early.
    StrayFence,
    /// An `id` that is empty, has characters an id can't have, or is already
    /// on the page.
    Id(String),
    /// Rust inside an admonition that `mdbook test` would not see; with the
    /// reason.
    HiddenRust(&'static str),
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rule::UnknownKind(kind) => write!(
                f,
                "`{kind}` is no kind of admonition; it would silently become a note"
            ),
            Rule::UnknownSetting(key) => write!(
                f,
                "`{key}` is no setting of an admonition and would silently be dropped; \
                 there are title, type, id, class and collapsible"
            ),
            Rule::Syntax(message) => {
                let message = message.lines().collect::<Vec<_>>().join("\n    ");
                write!(f, "the words after `admonish` can't be read: {message}")
            }
            Rule::NotSeen(why) => write!(f, "this would not become an admonition: {why}"),
            Rule::Nested => f.write_str(
                "an admonition inside an admonition would stay a code block; put it behind the outer one",
            ),
            Rule::FallsOut(container) => write!(
                f,
                "the box would fall out of its {container}; move it out, or indent it by spaces only"
            ),
            Rule::Unclosed => f.write_str("this admonition's fence is never closed"),
            Rule::ClosedEarly => f.write_str(
                "a fence inside ends this admonition too early; \
                 give the admonition's fence more backticks than any fence inside",
            ),
            Rule::StrayFence => f.write_str(
                "this fence is never closed; an admonition above may have been closed too early \
                 and needs more backticks than any fence inside",
            ),
            Rule::Id(id) => write!(
                f,
                "the id `{id}` can't be used: it is empty, has a space or one of \"'<>&, or is already on this page"
            ),
            Rule::HiddenRust(why) => write!(f, "`mdbook test` would not see this Rust: {why}"),
        }
    }
}
