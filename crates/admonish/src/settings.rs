//! What the book's configuration asks for.

use crate::Error;
use crate::markdown::Reader;
use serde_json::Value;

/// What becomes of admonitions under a renderer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Html,
    Strip,
    Preserve,
}

/// The settings that matter here.
pub(crate) struct Settings {
    /// `[preprocessor.admonish]`.
    pub(crate) table: Value,
    /// What becomes of admonitions in this run.
    pub(crate) mode: Mode,
    /// The folder of the chapters, relative to the book's root.
    pub(crate) src: String,
    definition_lists: bool,
}

impl Settings {
    /// Reads a context that was converted to mdBook 0.4.
    pub(crate) fn read(context: &Value) -> Result<Self, Error> {
        let at = |path: &str| context.pointer(path);
        let table = at("/config/preprocessor/admonish").cloned();
        let table = table.unwrap_or(Value::Null);
        if let Some(version) = table.get("assets_version") {
            check_version(version)?;
        }
        let renderer = at("/renderer").and_then(Value::as_str).unwrap_or_default();
        Ok(Settings {
            mode: mode(&table, renderer),
            table,
            src: at("/config/book/src")
                .and_then(Value::as_str)
                .unwrap_or("src")
                .to_owned(),
            definition_lists: at("/config/output/html/definition-lists")
                .and_then(Value::as_bool)
                .unwrap_or(true),
        })
    }

    /// How mdBook reads a chapter.
    pub(crate) fn page(&self) -> Reader {
        Reader::Page {
            definition_lists: self.definition_lists,
        }
    }

    /// Why no Rust inside an admonition would be tested, if so.
    pub(crate) fn hides_rust(&self) -> Option<&'static str> {
        let renderers = self.table.get("renderers").and_then(Value::as_array);
        if renderers.is_some_and(|names| !names.iter().any(|name| name == "test")) {
            return Some("`renderers` in [preprocessor.admonish] doesn't name \"test\"");
        }
        (mode(&self.table, "test") == Mode::Preserve).then_some(
            "book.toml needs render_mode = \"strip\" in [preprocessor.admonish.renderer.test]",
        )
    }

    /// Whether the book gives all its boxes one title.
    pub(crate) fn default_title(&self) -> Option<&str> {
        self.table.pointer("/default/title").and_then(Value::as_str)
    }
}

fn mode(table: &Value, renderer: &str) -> Mode {
    let named = table.get("renderer").and_then(|all| all.get(renderer));
    let named = named.and_then(|one| one.get("render_mode"));
    match named.and_then(Value::as_str) {
        Some("html") => Mode::Html,
        Some("strip") => Mode::Strip,
        None if renderer == "html" => Mode::Html,
        _ => Mode::Preserve,
    }
}

/// mdbook-admonish unwraps the version it is given; no assets were ever
/// published under anything but three plain numbers.
fn check_version(version: &Value) -> Result<(), Error> {
    let text = version.as_str().unwrap_or_default();
    let plain = |number: &str| {
        number
            .parse::<u64>()
            .is_ok_and(|parsed| parsed.to_string() == number)
    };
    if text.split('.').count() == 3 && text.split('.').all(plain) {
        Ok(())
    } else {
        Err(Error::AssetsVersion(version.to_string()))
    }
}
