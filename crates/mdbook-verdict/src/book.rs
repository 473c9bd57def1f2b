//! A book as mdBook would read it: its settings and the chapters that SUMMARY.md names; or loose Markdown files.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use mdbook_summary::{Summary, SummaryItem, parse_summary};

use crate::blocks::{self, Blocks};
use crate::config::Config;
use crate::error::Error;
use crate::finding::{Finding, Rule};
use crate::include::{Expanded, expand};
use crate::source::{Location, SourceFile, shown};

/// A book that can be checked.
#[derive(Debug)]
pub struct Book {
    /// The folder that holds book.toml; for loose files, the current folder.
    pub root: PathBuf,
    /// Its settings.
    pub config: Config,
    /// Its chapters, in reading order.
    pub chapters: Vec<Chapter>,
    /// Chapters that SUMMARY.md names and that can't be read.
    pub faults: Vec<Finding>,
}

/// A chapter as it is in its file.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// The chapter's path under the book's `src` folder; for a loose file, as it was given.
    pub path: PathBuf,
    /// The file's text, before any include is expanded.
    pub source: Arc<SourceFile>,
}

impl Chapter {
    /// A chapter from the text that mdBook read, or that a caller has.
    pub fn new(path: PathBuf, file: PathBuf, root: &Path, text: String) -> Chapter {
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        };
        Chapter {
            path,
            source: Arc::new(SourceFile {
                shown: shown(&file, root),
                path: file,
                text,
            }),
        }
    }

    /// The chapter with its includes expanded.
    pub fn expand(&self, root: &Path) -> Expanded {
        expand(self.source.clone(), root)
    }
}

/// A chapter, expanded, and its blocks.
#[derive(Debug)]
pub struct Page {
    /// The chapter.
    pub chapter: Chapter,
    /// Its text with all includes in place.
    pub expanded: Expanded,
    /// Its blocks.
    pub blocks: Blocks,
}

impl Book {
    /// Loads the book in a folder.
    ///
    /// # Errors
    ///
    /// If book.toml or SUMMARY.md can't be read or understood. A chapter that is missing is no
    /// error but a finding.
    pub fn load(root: &Path) -> Result<Book, Error> {
        let config = Config::load(root)?;
        let src = root.join(&config.src);
        let path = src.join("SUMMARY.md");
        let text = fs::read_to_string(&path).map_err(Error::file(&path))?;
        let summary = parse_summary(&text).map_err(|cause| Error::Summary {
            path: path.clone(),
            cause: format!("{cause:#}"),
        })?;
        let mut book = Book {
            root: root.to_owned(),
            config,
            chapters: Vec::new(),
            faults: Vec::new(),
        };
        for chapter in chapters(&summary) {
            let file = src.join(&chapter);
            match fs::read_to_string(&file) {
                Ok(text) => book.chapters.push(Chapter::new(chapter, file, root, text)),
                Err(error) => {
                    book.faults
                        .push(missing(&text, &shown(&path, root), &chapter, &error))
                }
            }
        }
        Ok(book)
    }

    /// Loads loose Markdown files, with the default settings.
    ///
    /// # Errors
    ///
    /// If one can't be read.
    pub fn of_files(files: &[PathBuf]) -> Result<Book, Error> {
        let root = PathBuf::from(".");
        let chapters = files
            .iter()
            .map(|file| {
                let text = fs::read_to_string(file).map_err(Error::file(file))?;
                Ok(Chapter::new(file.clone(), file.clone(), &root, text))
            })
            .collect::<Result<_, Error>>()?;
        Ok(Book {
            root,
            config: Config::default(),
            chapters,
            faults: Vec::new(),
        })
    }

    /// Expands every chapter and finds its blocks. `target` is the host's target triple.
    pub fn pages(&self, target: &str) -> Vec<Page> {
        self.chapters
            .iter()
            .map(|chapter| {
                let expanded = chapter.expand(&self.root);
                Page {
                    blocks: blocks::find(&expanded.text, self.config.edition, target),
                    chapter: chapter.clone(),
                    expanded,
                }
            })
            .collect()
    }
}

/// The files of all chapters, in order, each once.
fn chapters(summary: &Summary) -> Vec<PathBuf> {
    fn collect(items: &[SummaryItem], found: &mut Vec<PathBuf>) {
        for item in items {
            if let SummaryItem::Link(link) = item {
                found.extend(link.location.clone());
                collect(&link.nested_items, found);
            }
        }
    }
    let mut found = Vec::new();
    collect(&summary.prefix_chapters, &mut found);
    collect(&summary.numbered_chapters, &mut found);
    collect(&summary.suffix_chapters, &mut found);
    found
}

fn missing(summary: &str, shown: &Path, chapter: &Path, error: &std::io::Error) -> Finding {
    let name = chapter.display().to_string().replace('\\', "/");
    let at = summary
        .find(&format!("({name}"))
        .or_else(|| summary.find(&format!("./{name}")));
    let before = &summary[..at.unwrap_or(0)];
    let location = Location {
        file: shown.to_owned(),
        line: before.matches('\n').count() + 1,
        column: before.chars().rev().take_while(|c| *c != '\n').count() + 1,
    };
    Finding::new(
        Rule::MissingChapter,
        location,
        format!("a chapter in `{name}`"),
        format!("the file can't be read: {error}"),
    )
}
