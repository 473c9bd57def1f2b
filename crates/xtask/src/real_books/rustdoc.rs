//! What `mdbook test` would do, chapter by chapter: mdBook expands, rustdoc tests. But a chapter
//! that hangs is stopped, and its hanging blocks are found.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::time::Duration;

use anyhow::{Context as _, Result};
use mdbook_driver::MDBook;
use mdbook_driver::book::BookItem;
use mdbook_driver::builtin_renderers::MarkdownRenderer;
use mdbook_driver::config::Config;
use mdbook_verdict::Book;
use regex::Regex;

use crate::meter::{Cost, Meter, as_in_a_shell};

/// How long rustdoc may work at a chapter, and then at each block that it said nothing of.
const LIMIT: Duration = Duration::from_secs(120);
const LIMIT_ALONE: Duration = Duration::from_secs(20);

/// What rustdoc says of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// The test passes.
    Ok,
    /// The test fails; the error codes that the compiler gave.
    Failed(BTreeSet<String>),
    /// The block says `ignore`.
    Ignored,
    /// The test never ends.
    Hangs,
}

/// A chapter, tested.
pub struct Chapter {
    /// Its file under the book's source folder.
    pub path: PathBuf,
    /// Its text as mdBook hands it to rustdoc.
    pub text: String,
    /// What was said of the block whose fence opens in a line of that text.
    pub said: BTreeMap<usize, Said>,
    /// rustdoc had to be stopped.
    pub stopped: bool,
}

/// Tests every chapter of a book as `mdbook test` would.
///
/// The book's own preprocessors are left out: they are programs of the book's, and rustdoc would
/// see what they make of the blocks, which is nothing that its authors wrote.
///
/// # Errors
///
/// If mdBook can't read the book, or rustdoc can't be started.
pub fn tests(folder: &Path, book: &Book) -> Result<(Vec<Chapter>, Cost)> {
    let temporary = tempfile::tempdir()?;
    let mut chapters = Vec::new();
    let mut cost = Cost::default();
    for (path, text) in expanded(folder, book)? {
        let file = temporary.path().join("book").join(&path);
        let parent = file.parent().context("a chapter has a folder")?;
        fs::create_dir_all(parent)?;
        fs::write(&file, &text)?;
        let rustdoc = |limit: Duration, line: Option<usize>| -> Result<_> {
            let mut command = Command::new("rustdoc");
            command
                .current_dir(temporary.path().join("book"))
                .arg(&path)
                .arg("--test")
                .args(["--edition", book.config.edition.year()]);
            if let Some(line) = line {
                // Blanks would part it into two filters.
                command.arg(format!("--test-args={line})"));
            }
            let ended = Meter::new(temporary.path(), limit).run(as_in_a_shell(command))?;
            let said = said(&ended.stdout);
            Ok((ended, said))
        };
        let (ended, mut said) = rustdoc(LIMIT, None)?;
        cost += ended.cost;
        if ended.code.is_none() {
            eprintln!("{}: stopped", path.display());
            for line in opened(&text, book) {
                if !said.contains_key(&line) {
                    let (alone, of_it) = rustdoc(LIMIT_ALONE, Some(line))?;
                    let of_it = of_it.get(&line).cloned();
                    let hangs = alone.code.is_none().then_some(Said::Hangs);
                    said.extend(of_it.or(hangs).map(|said| (line, said)));
                }
            }
        }
        chapters.push(Chapter {
            path,
            text,
            said,
            stopped: ended.code.is_none(),
        });
    }
    Ok((chapters, cost))
}

/// What rustdoc wrote of each test, by the line of its fence.
fn said(output: &str) -> BTreeMap<usize, Said> {
    static TEST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^test .* \(line (\d+)\)(?: - [a-z ]+)? \.\.\. (ok|FAILED|ignored)")
            .expect("a valid regex")
    });
    static FAILURE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^---- .* \(line (\d+)\)(?: - [a-z ]+)? stdout ----$").expect("a valid regex")
    });
    static CODE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^error\[(E\d{4})\]").expect("a valid regex"));
    let number = |digits: &str| digits.parse().expect("the regex takes digits");
    let mut tests = BTreeMap::new();
    let mut failure: Option<usize> = None;
    for line in output.lines() {
        if let Some(test) = TEST.captures(line) {
            let said = match &test[2] {
                "ok" => Said::Ok,
                "FAILED" => Said::Failed(BTreeSet::new()),
                _ => Said::Ignored,
            };
            tests.insert(number(&test[1]), said);
        } else if let Some(found) = FAILURE.captures(line) {
            failure = Some(number(&found[1]));
        } else if let (Some(code), Some(test)) = (CODE.captures(line), failure)
            && let Some(Said::Failed(codes)) = tests.get_mut(&test)
        {
            codes.insert(code[1].to_owned());
        }
    }
    tests
}

/// The lines in which a chapter's blocks begin.
fn opened(text: &str, book: &Book) -> Vec<usize> {
    let text = mdbook_verdict::text_of("chapter.md", text);
    let blocks = mdbook_verdict::find(&text, book.config.edition, "").blocks;
    let starts = blocks.iter().map(|block| block.place.range.start);
    starts.map(|start| line_of(text.as_str(), start)).collect()
}

/// The line that a byte of a text stands in, counted from 1.
pub fn line_of(text: &str, offset: usize) -> usize {
    text[..offset].matches('\n').count() + 1
}

/// Each chapter's file and its text, as mdBook's own preprocessors leave it.
fn expanded(folder: &Path, book: &Book) -> Result<Vec<(PathBuf, String)>> {
    let mut config = Config::default();
    config.book.src = book.config.src.clone();
    config.build.create_missing = false;
    let mdbook = MDBook::load_with_config(folder, config)?;
    let (book, _) = mdbook.preprocess_book(&MarkdownRenderer::new())?;
    let chapters = book.iter().filter_map(|item| match item {
        BookItem::Chapter(chapter) => {
            let path = chapter.source_path.as_deref()?;
            Some((plain(path), chapter.content.clone()))
        }
        _ => None,
    });
    Ok(chapters.collect())
}

/// A path without the `./` that a SUMMARY.md may begin it with.
pub fn plain(path: &Path) -> PathBuf {
    path.strip_prefix(".").unwrap_or(path).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_tests_end_and_codes_are_read() {
        let output = "
running 4 tests
test a.md - A_head (line 1) ... FAILED
test a.md - (line 9) - compile fail ... ok
test a.md - A_head (line 12) ... ignored

failures:

---- a.md - A_head (line 1) stdout ----
error[E0425]: cannot find value
error: aborting
error[E0308]: mismatched types
";
        let codes = ["E0308", "E0425"].map(str::to_owned);
        let expected = [
            (1, Said::Failed(codes.into())),
            (9, Said::Ok),
            (12, Said::Ignored),
        ];
        assert_eq!(said(output), BTreeMap::from(expected));
    }
}
