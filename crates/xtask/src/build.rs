//! Builds the pages with mdBook as a library, our preprocessors in process, and swaps them in whole.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use mdbook_driver::MDBook;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use mdbook_verdict::VerdictPreprocessor;
use serde_json::json;

/// mdbook-admonish, through the adapter of mdBook 0.5's JSON.
struct Admonish;

impl Preprocessor for Admonish {
    fn name(&self) -> &str {
        "admonish"
    }

    fn run(&self, context: &PreprocessorContext, book: Book) -> Result<Book> {
        let answer = admonish::run_json(&json!([context, book]))?;
        Ok(serde_json::from_value(answer)?)
    }
}

/// The folder that holds the pages.
///
/// # Errors
///
/// If book.toml can't be read.
pub fn folder(root: &Path) -> Result<PathBuf> {
    let config = mdbook_driver::config::Config::from_disk(root.join("book.toml"))?;
    Ok(root.join(config.build.build_dir))
}

/// Builds the pages, and gives the path of the first.
///
/// They are built beside the last good ones and swapped in when they are whole: a failure leaves
/// those as they were.
///
/// # Errors
///
/// If mdBook or a preprocessor fails, or a folder can't be written.
pub fn pages(root: &Path) -> Result<PathBuf> {
    let mut book = MDBook::load(root)?;
    book.with_preprocessor(VerdictPreprocessor);
    book.with_preprocessor(Admonish);
    let pages = root.join(&book.config.build.build_dir);
    let next = beside(&pages, "next");
    let last = beside(&pages, "last");
    book.config.build.build_dir = next.strip_prefix(root).unwrap_or(&next).to_owned();
    remove(&next)?;
    book.build()?;
    remove(&last)?;
    if pages.exists() {
        fs::rename(&pages, &last).with_context(|| format!("can't move {}", pages.display()))?;
    }
    fs::rename(&next, &pages).with_context(|| format!("can't move {}", next.display()))?;
    remove(&last)?;
    Ok(pages.join("index.html"))
}

fn beside(pages: &Path, what: &str) -> PathBuf {
    let mut name = pages.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{what}"));
    pages.with_file_name(name)
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("can't remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}
