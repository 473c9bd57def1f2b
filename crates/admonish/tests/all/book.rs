//! Small books in memory.

use admonish::{Error, Fault, run_json};
use serde_json::{Value, json};

/// A book under the settings that the documentation recommends.
pub struct Book {
    pub settings: Value,
    chapters: Vec<Value>,
}

impl Book {
    /// A book of one chapter, `src/chapter.md`.
    pub fn of(text: &str) -> Self {
        Book::default().chapter("chapter.md", text)
    }

    pub fn chapter(mut self, path: &str, text: &str) -> Self {
        self.chapters.push(json!({ "Chapter": {
            "name": path, "content": text, "number": null, "sub_items": [],
            "path": path, "source_path": path, "parent_names": [],
        }}));
        self
    }

    /// Changes a setting of `[preprocessor.admonish]`; null takes it out.
    pub fn with(mut self, setting: &str, value: Value) -> Self {
        self.settings[setting] = value;
        self
    }

    /// What mdBook 0.5 would hand to the preprocessor.
    pub fn input(&self, renderer: &str) -> Value {
        json!([
            {
                "root": "/book",
                "config": {
                    "book": { "title": null, "language": "en" },
                    "preprocessor": { "admonish": self.settings },
                },
                "renderer": renderer,
                "mdbook_version": "0.5.4",
            },
            { "items": self.chapters },
        ])
    }

    pub fn run(&self, renderer: &str) -> Result<Vec<String>, Error> {
        let book = run_json(&self.input(renderer))?;
        let items = book["items"].as_array().expect("a list").iter();
        let text = |item: &Value| {
            item["Chapter"]["content"]
                .as_str()
                .expect("text")
                .to_owned()
        };
        Ok(items.map(text).collect())
    }

    /// The first chapter under the renderer "html".
    pub fn page(&self) -> String {
        self.run("html").expect("no fault").remove(0)
    }

    /// The first chapter under the renderer "test".
    pub fn test(&self) -> String {
        self.run("test").expect("no fault").remove(0)
    }

    /// The faults, which must be the same whatever is rendered.
    pub fn faults(&self) -> Vec<Fault> {
        let faults = |renderer| match self.run(renderer) {
            Err(Error::Faults(faults)) => faults,
            other => panic!("{renderer}: faults expected, not {other:?}"),
        };
        let html = faults("html");
        assert_eq!(html, faults("test"));
        html
    }
}

impl Default for Book {
    fn default() -> Self {
        Book {
            settings: json!({
                "command": "admonish",
                "renderers": ["html", "test"],
                "after": ["links"],
                "on_failure": "bail",
                "assets_version": "3.1.0",
                "renderer": { "test": { "render_mode": "strip" } },
            }),
            chapters: Vec::new(),
        }
    }
}
