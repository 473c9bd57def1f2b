//! mdbook-admonish for mdBook 0.5, with its silent mistakes refused and its
//! boxes accessible.
//!
//! mdbook-admonish 1.20 is built against mdBook 0.4 and refuses what mdBook 0.5
//! hands to a preprocessor. This crate stands between the two: it rewrites the
//! JSON, runs mdbook-admonish in process, and rewrites the answer. Three lines
//! in `book.toml` are enough:
//!
//! ```toml
//! [preprocessor.admonish]
//! command = "admonish"
//! assets_version = "3.1.0"
//! ```
//!
//! A tool that runs mdBook as a library calls [`run_json`] with the same JSON,
//! `[context, book]`:
//!
//! ```
//! # use serde_json::json;
//! # let chapter = |text: &str| json!({ "Chapter": {
//! #     "name": "Locks", "content": text, "number": null, "sub_items": [],
//! #     "path": "locks.md", "source_path": "locks.md", "parent_names": [],
//! # }});
//! # let context = json!({
//! #     "root": "", "renderer": "html", "mdbook_version": "0.5.4",
//! #     "config": { "book": { "title": null }, "preprocessor": { "admonish": { "assets_version": "3.1.0" } } },
//! # });
//! let book = json!({ "items": [chapter("```admonish note\nOne thread at a time.\n```")] });
//! let page = admonish::run_json(&json!([context, book]))?;
//! # let text = page.pointer("/items/0/Chapter/content").unwrap().as_str().unwrap();
//! assert!(text.contains(r#"class="admonition admonish-note" role="note""#));
//! # Ok::<(), admonish::Error>(())
//! ```
//!
//! A misspelt kind, which mdbook-admonish would print as a note, is refused
//! with its place:
//!
//! ```
//! # use serde_json::json;
//! # let chapter = |text: &str| json!({ "Chapter": {
//! #     "name": "Locks", "content": text, "number": null, "sub_items": [],
//! #     "path": "locks.md", "source_path": "locks.md", "parent_names": [],
//! # }});
//! # let context = json!({
//! #     "root": "", "renderer": "html", "mdbook_version": "0.5.4",
//! #     "config": { "book": { "title": null }, "preprocessor": { "admonish": { "assets_version": "3.1.0" } } },
//! # });
//! let book = json!({ "items": [chapter("# Locks\n\n```admonish waning\nIt may never end.\n```")] });
//! let error = admonish::run_json(&json!([context, book])).unwrap_err();
//! assert!(error.to_string().starts_with("src/locks.md:3: `waning` is no kind of admonition"));
//! ```
//!
//! What is refused is listed at [`Rule`]; all faults of a book come at once.
//!
//! # Lines under `render_mode = "strip"`
//! Stripping replaces each of an admonition's two fence lines by an empty
//! line, so what follows keeps its line. Two cases shift it: empty lines before
//! the closing fence are dropped, and an admonition without a text grows by one
//! line.

mod check;
mod convert;
mod engine;
mod error;
mod kind;
mod markdown;
mod mend;
mod place;
mod settings;

pub use convert::{to_mdbook_04, to_mdbook_05};
pub use error::{Error, Fault, Rule};

use mdbook::book::{Book, BookItem, Chapter};
use serde_json::Value;
use settings::{Mode, Settings};
use std::collections::BTreeSet;
use std::path::Path;

/// A stylesheet for the boxes, for `additional-css`; what `admonish css` prints.
///
/// It takes its colours from mdBook's own variables, so that it follows every
/// theme, and tells kinds apart by words and shapes too.
pub const CSS: &str = include_str!("admonish.css");

/// Runs the preprocessor on what mdBook 0.5 writes to its standard input;
/// returns what mdBook expects back.
///
/// # Errors
/// As [`run_json`], and [`Error::Json`].
pub fn run(input: &str) -> Result<String, Error> {
    let input = serde_json::from_str(input).map_err(Error::Json)?;
    Ok(run_json(&input)?.to_string())
}

/// Runs the preprocessor on mdBook 0.5's `[context, book]`; returns the book.
///
/// Nothing but the chapters' `content` changes. Files are read only to find a
/// fault's line.
///
/// # Errors
/// Every variant but [`Error::Json`].
pub fn run_json(input: &Value) -> Result<Value, Error> {
    let old = to_mdbook_04(input)?;
    let context = &old[0];
    let book: Book = serde_json::from_value(old[1].clone())
        .map_err(|error| Error::Input(format!("the book: {error}")))?;
    let settings = Settings::read(context)?;
    // An empty book first: what mdbook-admonish has against the configuration
    // is said before anything about the chapters.
    engine::run(context, Book::new())?;

    let openings: BTreeSet<String> = chapters(&book)
        .flat_map(|chapter| check::admonitions(&chapter.content, &settings))
        .map(|fence| fence.opening)
        .collect();
    let meanings = kind::meanings(&settings.table, &openings)?;
    let root = context.get("root").and_then(Value::as_str);
    let root = Path::new(root.unwrap_or_default());
    refuse(&book, &settings, &meanings, root)?;

    let page = settings.mode == Mode::Html;
    if settings.mode == Mode::Preserve {
        return Ok(input[1].clone());
    }
    let mut sources = Vec::new();
    let mut prepared = book;
    prepared.for_each_mut(|item| {
        if let BookItem::Chapter(chapter) = item {
            let text = mend::prepare(&chapter.content, &settings, page);
            sources.push(std::mem::replace(&mut chapter.content, text));
        }
    });
    let mut done = engine::run(context, prepared)?;
    if page {
        // for_each_mut goes through both books in the same order.
        let mut sources = sources.iter();
        done.for_each_mut(|item| {
            if let BookItem::Chapter(chapter) = item
                && let Some(source) = sources.next()
            {
                chapter.content = mend::mend(source, &chapter.content, &settings, &meanings);
            }
        });
    }
    let done = serde_json::to_value(&done).map_err(Error::Json)?;
    to_mdbook_05(done)
}

/// Fails with all faults of the book, in its order.
fn refuse(
    book: &Book,
    settings: &Settings,
    meanings: &kind::Meanings,
    root: &Path,
) -> Result<(), Error> {
    let chapters: Vec<&Chapter> = chapters(book).collect();
    let mut found: Vec<_> = chapters
        .iter()
        .map(|chapter| check::written(&chapter.content, settings, meanings))
        .collect();
    let (clean, texts): (Vec<usize>, Vec<&str>) = chapters
        .iter()
        .enumerate()
        .filter(|(number, _)| found[*number].is_empty())
        .map(|(number, chapter)| (number, chapter.content.as_str()))
        .unzip();
    for (number, rendered) in clean.iter().zip(check::rendered(&texts, settings)?) {
        found[*number] = rendered;
    }
    let faults: Vec<Fault> = found
        .into_iter()
        .zip(chapters)
        .flat_map(|(found, chapter)| place::faults(found, chapter, settings, root))
        .collect();
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Error::Faults(faults))
    }
}

fn chapters(book: &Book) -> impl Iterator<Item = &Chapter> {
    book.iter().filter_map(|item| match item {
        BookItem::Chapter(chapter) => Some(chapter),
        _ => None,
    })
}
