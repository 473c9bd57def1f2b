//! As a preprocessor of mdBook, makes the links that a page's own Markdown doesn't have.

use std::fs;
use std::io::Read;
use std::path::Path;

use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext, parse_input};
use mdbook_verdict::FileLinks;

use crate::{Error, Terms, edited, glossary, programs, tables};

/// The chapter that the terms link to.
const GLOSSARY: &str = "reference/glossary.md";
/// The chapter that lists the programs.
const PROGRAMS: &str = "reference/programs.md";

/// The preprocessor, for a tool that runs mdBook as a library. It runs after those that write
/// Markdown, such as admonish, and before those that read the last of it.
#[derive(Debug, Default, Clone, Copy)]
pub struct ReferencePreprocessor;

impl Preprocessor for ReferencePreprocessor {
    fn name(&self) -> &str {
        "reference"
    }

    fn run(&self, context: &PreprocessorContext, book: Book) -> anyhow::Result<Book> {
        Ok(preprocessed(context, book)?)
    }

    fn supports_renderer(&self, renderer: &str) -> anyhow::Result<bool> {
        Ok(renderer == "html")
    }
}

/// Answers what mdBook writes to a preprocessor's standard input.
///
/// # Errors
///
/// If it isn't that, or the glossary's table can't be read.
pub fn run(input: impl Read) -> Result<String, Error> {
    let (context, book) =
        parse_input(input).map_err(|error| Error::Protocol(format!("{error:#}")))?;
    let book = preprocessed(&context, book)?;
    serde_json::to_string(&book).map_err(|error| Error::Protocol(error.to_string()))
}

fn preprocessed(context: &PreprocessorContext, book: Book) -> Result<Book, Error> {
    let mut book = linked(&context.root, book)?;
    let src = &context.config.book.src;
    let links = FileLinks::of(&context.config, &context.root)?;
    book.for_each_chapter_mut(|chapter| {
        if let Some(links) = &links
            && chapter.path.as_deref() == Some(Path::new(PROGRAMS))
        {
            chapter.content = programs::linked(&chapter.content, links);
        }
        // mdBook makes the address of an edit from it, seen from the folder of the pages.
        let Some(source) = &chapter.source_path else {
            return;
        };
        let page = src.join(source);
        let text = fs::read_to_string(context.root.join(&page)).unwrap_or_default();
        if let Some(file) = edited::file(&page, &text) {
            let file = file.display().to_string().replace('\\', "/");
            chapter.source_path = Some(format!("../{file}").into());
        }
    });
    Ok(book)
}

fn linked(root: &Path, mut book: Book) -> Result<Book, Error> {
    // A book without a glossary has nothing to link.
    if !root.join(glossary::TABLE).is_file() {
        return Ok(book);
    }
    let table: glossary::Table = tables(root, glossary::TABLE)?;
    let terms = Terms::of(table.terms.keys().map(String::as_str));
    book.for_each_chapter_mut(|chapter| {
        let Some(path) = &chapter.path else { return };
        let up = "../".repeat(path.components().count().saturating_sub(1));
        let glossary = format!("{up}{}", GLOSSARY.replace(".md", ".html"));
        chapter.content = terms.linked(&chapter.content, &glossary);
    });
    Ok(book)
}

#[cfg(test)]
mod tests {
    use mdbook_preprocessor::book::{BookItem, Chapter};
    use mdbook_preprocessor::config::Config;

    use super::*;

    #[test]
    fn a_term_links_to_the_glossary_from_wherever_its_chapter_is() {
        let root = tempfile::tempdir().unwrap();
        let table = root.path().join(glossary::TABLE);
        fs::create_dir_all(table.parent().unwrap()).unwrap();
        fs::write(table, "[terms]\n\"owner\" = \"x\"\n").unwrap();
        let chapter = |path: &str| {
            let text = "An **owner**.".to_owned();
            BookItem::Chapter(Chapter::new("A", text, path, Vec::new()))
        };
        let book = Book::new_with_items(vec![chapter("a.md"), chapter("part/b.md")]);
        let book = linked(root.path(), book).unwrap();
        let texts: Vec<_> = book.chapters().map(|it| it.content.as_str()).collect();
        assert!(texts[0].contains("href=\"reference/glossary.html#owner\""));
        assert!(texts[1].contains("href=\"../reference/glossary.html#owner\""));
    }

    #[test]
    fn an_edit_of_a_page_and_its_files_lead_to_what_it_is_made_from() {
        let root = tempfile::tempdir().unwrap();
        let chapter = |path: &str, text: &str| {
            let file = root.path().join("src").join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
            let content = "- file: `a.rs`\n".to_owned();
            BookItem::Chapter(Chapter::new("A", content, path, Vec::new()))
        };
        let items = vec![
            chapter("a.md", "# A\n"),
            chapter("reference/glossary.md", "{{#include glossary-list.md}}\n"),
            chapter("reference/programs.md", "{{#include programs-list.md}}\n"),
        ];
        let mut config = Config::default();
        let template = "preprocessor.verdict.file-url-template";
        config.set(template, "https://example.org/{path}").unwrap();
        let context = PreprocessorContext::new(root.path().to_owned(), config, "html".to_owned());
        let book = preprocessed(&context, Book::new_with_items(items)).unwrap();
        let seen: Vec<_> = book
            .chapters()
            .map(|it| (it.source_path.clone().unwrap(), it.content.as_str()))
            .collect();
        let plain = "- file: `a.rs`\n";
        let linked = "- file: [`a.rs`](https://example.org/a.rs)\n";
        assert_eq!(
            seen,
            [
                ("a.md".into(), plain),
                ("../crates/reference/glossary.toml".into(), plain),
                ("reference/programs.md".into(), linked),
            ]
        );
    }

    #[test]
    fn what_is_no_book_is_refused() {
        assert!(matches!(run(&b"{}"[..]), Err(Error::Protocol(_))));
    }
}
