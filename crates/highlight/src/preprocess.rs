//! As a preprocessor of mdBook: the last one before the pages are written.

use std::collections::BTreeMap;
use std::io::Read;

use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::config::Config;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext, parse_input};
use serde::Deserialize;

use crate::{Error, Settings};

/// The preprocessor, for a tool that runs mdBook as a library.
#[derive(Debug, Default, Clone, Copy)]
pub struct HighlightPreprocessor;

impl Preprocessor for HighlightPreprocessor {
    fn name(&self) -> &str {
        "highlight"
    }

    fn run(&self, context: &PreprocessorContext, book: Book) -> anyhow::Result<Book> {
        Ok(highlighted(context, book)?)
    }

    fn supports_renderer(&self, renderer: &str) -> anyhow::Result<bool> {
        Ok(renderer == "html")
    }
}

/// Answers what mdBook writes to a preprocessor's standard input.
///
/// # Errors
///
/// [`Error::Input`] if it isn't that; [`Error::Order`] if another preprocessor of the book may run
/// after this one.
pub fn run(input: impl Read) -> Result<String, Error> {
    let (context, book) = parse_input(input).map_err(|error| Error::Input(format!("{error:#}")))?;
    let book = highlighted(&context, book)?;
    serde_json::to_string(&book).map_err(|error| Error::Output(error.to_string()))
}

fn highlighted(context: &PreprocessorContext, mut book: Book) -> Result<Book, Error> {
    in_order(&context.config)?;
    let settings = Settings::of(&context.config);
    book.for_each_chapter_mut(|chapter| {
        chapter.content = crate::chapter(&chapter.content, &settings);
    });
    Ok(book)
}

/// What book.toml says of a preprocessor's place.
#[derive(Deserialize)]
struct Place {
    #[serde(default)]
    before: Vec<String>,
    #[serde(default)]
    after: Vec<String>,
    renderers: Option<Vec<String>>,
}

/// Sees that every other preprocessor of the pages runs first.
fn in_order(config: &Config) -> Result<(), Error> {
    let places: BTreeMap<String, Place> = config
        .preprocessors()
        .map_err(|error| Error::Input(format!("{error:#}")))?;
    let Some(ours) = places.get("highlight") else {
        return Ok(());
    };
    let links = config.build.use_default_preprocessors.then_some("links");
    let others = places.iter().filter(|(name, place)| {
        let on_pages = |renderers: &Vec<String>| renderers.iter().any(|it| it == "html");
        *name != "highlight"
            && place.renderers.as_ref().is_none_or(on_pages)
            && !place.before.iter().any(|it| it == "highlight")
    });
    let mut needed = links
        .into_iter()
        .chain(others.map(|(name, _)| name.as_str()));
    match needed.find(|name| !ours.after.iter().any(|it| it == name)) {
        Some(name) => Err(Error::Order(name.to_owned())),
        None => Ok(()),
    }
}
