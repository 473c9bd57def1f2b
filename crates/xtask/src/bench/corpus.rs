//! A book that is made up: small blocks as books have them, no two alike.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

/// Blocks that run, and blocks that are rejected; each begins with `==== ` and what it is.
const RUNNING: &str = include_str!("running.txt");
const REJECTED: &str = include_str!("rejected.txt");

const NOUNS: [&str; 23] = [
    "basket", "lamp", "river", "ticket", "window", "engine", "garden", "letter", "market",
    "needle", "orchard", "pencil", "quarry", "ribbon", "saddle", "tunnel", "valley", "wagon",
    "anchor", "bridge", "candle", "drawer", "feather",
];

/// How large a made-up book is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Blocks that run.
    pub running: usize,
    /// Blocks that are rejected.
    pub rejected: usize,
    /// Chapters.
    pub chapters: usize,
}

/// Writes a book of this size into an empty folder.
///
/// # Errors
///
/// If a file can't be written.
pub fn write(folder: &Path, size: Size, edition: &str) -> Result<()> {
    let src = folder.join("src");
    fs::create_dir_all(&src).with_context(|| format!("can't make {}", src.display()))?;
    write_settings(folder, edition)?;
    let mut summary = String::from("# Summary\n\n");
    for number in 0..size.chapters {
        let text = chapter(number, size)?;
        fs::write(src.join(format!("chapter_{number:02}.md")), text)?;
        writeln!(summary, "- [Chapter {number}](chapter_{number:02}.md)")?;
    }
    fs::write(src.join("SUMMARY.md"), summary)?;
    Ok(())
}

/// Writes the settings of a book in this edition.
///
/// # Errors
///
/// If they can't be written.
pub fn write_settings(folder: &Path, edition: &str) -> Result<()> {
    let settings =
        format!("[book]\ntitle = \"A made-up book\"\n\n[rust]\nedition = \"{edition}\"\n");
    fs::write(folder.join("book.toml"), settings)?;
    Ok(())
}

fn chapter(number: usize, size: Size) -> Result<String> {
    let mut text = format!(
        "# Chapter {number}\n\nIt speaks of the {}.\n",
        NOUNS[number % NOUNS.len()]
    );
    for running in share(number, size.running, size.chapters) {
        let (about, code) = block(RUNNING, running);
        write!(text, "\nHere you see {about}.\n\n```rust\n{code}```\n")?;
        // As in a real book, some blocks show what they print; the tool fills it in.
        if running % 3 == 0 {
            text.push_str("\nIt prints:\n\n```text,output\n```\n");
        }
    }
    for rejected in share(number, size.rejected, size.chapters) {
        let (error, code) = block(REJECTED, rejected);
        write!(
            text,
            "\nThis one is refused.\n\n```rust,compile_fail,{error}\n{code}```\n"
        )?;
    }
    Ok(text)
}

/// Which of `all` fall to one of so many chapters: evenly spread.
fn share(chapter: usize, all: usize, chapters: usize) -> std::ops::Range<usize> {
    all * chapter / chapters..all * (chapter + 1) / chapters
}

/// A block, and what stands on its first line; its number makes it unlike all others.
fn block(templates: &'static str, number: usize) -> (&'static str, String) {
    let all: Vec<_> = templates.split("==== ").skip(1).collect();
    let (head, code) = all[number % all.len()]
        .split_once('\n')
        .expect("a block has a first line");
    let noun = |number: usize| NOUNS[number % NOUNS.len()];
    let (kind, word) = (noun(number * 7 + 3), noun(number));
    let (first, rest) = kind.split_at(1);
    let code = code
        .replace("TYPE_", &format!("{}{rest}", first.to_uppercase()))
        .replace("WORD_", word)
        .replace("ONE_", &(number + 3).to_string())
        .replace("TWO_", &(number * 3 % 50 + 2).to_string());
    (head, code)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_blocks_are_alike() {
        for templates in [RUNNING, REJECTED] {
            let all: BTreeSet<String> =
                (0..1000).map(|number| block(templates, number).1).collect();
            assert_eq!(all.len(), 1000);
        }
    }

    #[test]
    fn a_book_has_as_many_blocks_as_it_was_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let size = Size {
            running: 100,
            rejected: 30,
            chapters: 7,
        };
        write(folder.path(), size, "2024").unwrap();
        let book = mdbook_verdict::Book::load(folder.path()).unwrap();
        let counts = mdbook_verdict::Counts::of(&book.pages(""), &[]);
        assert_eq!((counts.run, counts.rejected), (100, 30));
        assert_eq!(book.chapters.len(), 7);
    }
}
