//! mdbook-admonish itself, run in process.

use crate::Error;
use mdbook::book::{Book, Chapter};
use mdbook::preprocess::{Preprocessor, PreprocessorContext};
use mdbook_admonish::Admonish;
use serde_json::{Value, json};

/// Runs mdbook-admonish over a book.
pub(crate) fn run(context: &Value, book: Book) -> Result<Book, Error> {
    // The context can only be made through serde.
    let context: PreprocessorContext = serde_json::from_value(context.clone())
        .map_err(|error| Error::Input(format!("the context: {error}")))?;
    Admonish
        .run(&context, book)
        .map_err(|error| Error::Admonish(format!("{error:#}")))
}

/// Renders each text as HTML, under the given `[preprocessor.admonish]`.
pub(crate) fn render_each(
    table: &Value,
    texts: impl Iterator<Item = String>,
) -> Result<Vec<String>, Error> {
    render(table, "html", "html", texts)
}

/// Strips each text, as for `mdbook test`.
pub(crate) fn strip_each(
    table: &Value,
    texts: impl Iterator<Item = String>,
) -> Result<Vec<String>, Error> {
    render(table, "test", "strip", texts)
}

fn render(
    table: &Value,
    renderer: &str,
    mode: &str,
    texts: impl Iterator<Item = String>,
) -> Result<Vec<String>, Error> {
    let mut table = table.clone();
    if let Some(table) = table.as_object_mut() {
        let mode = json!({ renderer: { "render_mode": mode } });
        table.insert("renderer".to_owned(), mode);
    }
    let context = json!({
        "root": "",
        "config": { "preprocessor": { "admonish": table } },
        "renderer": renderer,
        "mdbook_version": mdbook::MDBOOK_VERSION,
    });
    let mut book = Book::new();
    for text in texts {
        book.push_item(Chapter::new("", text, "chapter.md", Vec::new()));
    }
    let book = run(&context, book)?;
    let content = |item: &_| match item {
        mdbook::BookItem::Chapter(chapter) => Some(chapter.content.clone()),
        _ => None,
    };
    Ok(book.iter().filter_map(content).collect())
}
