//! What of book.toml decides how mdBook sets a fence.

use std::collections::BTreeSet;

use mdbook_markdown::MarkdownOptions;
use mdbook_preprocessor::config::{Config, HtmlConfig, RustEdition};

/// The settings of a book that its code blocks depend on.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Rust blocks get a run button, and with it their edition and an implicit `main`.
    pub runnable: bool,
    /// Blocks of the class `editable` become an editor.
    pub editable: bool,
    /// The class of the book's edition, such as `edition2024`.
    pub edition: Option<&'static str>,
    /// Languages whose lines the book hides by a prefix of its own.
    pub hidelines: BTreeSet<String>,
    /// The Markdown that this book turned off.
    pub without: Without,
}

/// The parts of mdBook's Markdown that a book can turn off.
#[derive(Debug, Clone, Copy, Default)]
pub struct Without {
    /// `[output.html] smart-punctuation = false`.
    pub smart_punctuation: bool,
    /// `[output.html] definition-lists = false`.
    pub definition_lists: bool,
    /// `[output.html] admonitions = false`.
    pub admonitions: bool,
}

impl Settings {
    /// Those of a book.
    pub fn of(config: &Config) -> Self {
        let html: HtmlConfig = config.html_config().unwrap_or_default();
        Self {
            runnable: html.playground.runnable,
            editable: html.playground.editable,
            edition: config.rust.edition.and_then(edition),
            hidelines: html.code.hidelines.into_keys().collect(),
            without: Without {
                smart_punctuation: !html.smart_punctuation,
                definition_lists: !html.definition_lists,
                admonitions: !html.admonitions,
            },
        }
    }

    /// The Markdown as mdBook's renderer will read it.
    pub(crate) fn markdown(&self) -> MarkdownOptions {
        let mut options = MarkdownOptions::default();
        options.smart_punctuation = !self.without.smart_punctuation;
        options.definition_lists = !self.without.definition_lists;
        options.admonitions = !self.without.admonitions;
        options
    }
}

fn edition(edition: RustEdition) -> Option<&'static str> {
    match edition {
        RustEdition::E2015 => Some("edition2015"),
        RustEdition::E2018 => Some("edition2018"),
        RustEdition::E2021 => Some("edition2021"),
        RustEdition::E2024 => Some("edition2024"),
        _ => None,
    }
}
