//! Says of each block in skeptic's words what the book says of it in rustdoc's.

use std::collections::BTreeSet;
use std::path::PathBuf;

use mdbook_verdict::{Block, Book, Finding, Program, Promise};

use crate::order::Order;

/// A Markdown file with one block, for skeptic.
#[derive(Debug, Clone)]
pub struct Handed {
    /// The name that skeptic will give its test.
    pub test: String,
    /// Where the file belongs, below a folder of the caller's choice.
    pub file: PathBuf,
    /// The file's text.
    pub markdown: String,
    /// What the test is to show.
    pub purpose: Purpose,
    /// The block, as it stands in the book.
    pub block: Block,
    /// The includes of its chapter that failed.
    pub faults: Vec<Finding>,
}

/// What a test of skeptic's is to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// That the block keeps its promise, as far as skeptic can tell.
    Promise,
    /// That a block which has to panic compiles.
    Compiles,
}

/// All blocks of a book for skeptic, in reading order; `target` is the triple they are built for.
///
/// There is one file per block, and one more per `should_panic` block.
pub fn hand_over(book: &Book, target: &str) -> Vec<Handed> {
    let mut names = BTreeSet::new();
    let mut handed = Vec::new();
    for page in book.pages(target) {
        for block in &page.blocks.blocks {
            let chapter = block.shown_file();
            let chapter = chapter
                .strip_prefix(&format!("{}/", book.config.src.display()))
                .unwrap_or(&chapter);
            let stem = stem(chapter.strip_suffix(".md").unwrap_or(chapter));
            let mut add = |stem: &str, tags: &str, purpose| {
                let line = block.location.line;
                let (stem, test) = unused(stem, line, &mut names);
                handed.push(Handed {
                    test,
                    file: format!("line_{line}/{stem}.md").into(),
                    markdown: markdown(block, tags),
                    purpose,
                    block: block.clone(),
                    faults: page.expanded.faults.clone(),
                });
            };
            let promise = Promise::of(block);
            add(&stem, tags(&promise), Purpose::Promise);
            if promise == Promise::Panics {
                let tags = tags(&Promise::Compiles);
                add(&format!("{stem}_compiles"), tags, Purpose::Compiles);
            }
        }
    }
    handed
}

/// A promise in skeptic's words.
fn tags(promise: &Promise) -> &'static str {
    match promise {
        Promise::Ignored => "rust,ignore",
        Promise::Compiles => "rust,no_run",
        Promise::Runs => "rust",
        Promise::Panics => "rust,should_panic",
        // A test that only compiles panics exactly where the compiler refuses.
        Promise::Rejected(_) => "rust,should_panic,no_run",
    }
}

/// The block as a whole program, in a fence on the line where it stands in the book: the line is
/// part of the test's name.
fn markdown(block: &Block, tags: &str) -> String {
    let mut program = Program::of(block).text;
    if !program.ends_with('\n') {
        program.push('\n');
    }
    let body: String = program.split_inclusive('\n').map(kept).collect();
    let fence = "`".repeat(longest_run(&program, '`').max(2) + 1);
    format!(
        "{}{fence}{tags}\n{body}{}\n{fence}\n",
        "\n".repeat(block.location.line - 1),
        Order::of(block).line(),
    )
}

/// A line that skeptic reads as this one. It takes a `# ` for a hidden line's, and only once; the
/// program has none that are hidden any more.
fn kept(line: &str) -> String {
    let trimmed = line.trim();
    match trimmed == "#" || trimmed.starts_with("# ") {
        true => format!("# {line}"),
        false => line.to_owned(),
    }
}

fn longest_run(text: &str, wanted: char) -> usize {
    text.split(|c| c != wanted).map(str::len).max().unwrap_or(0)
}

/// A chapter's path as skeptic would write it in a name, but always the beginning of one.
fn stem(chapter: &str) -> String {
    let lower = chapter.to_ascii_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    match words.first() {
        Some(first) if first.starts_with(|c: char| c.is_ascii_alphabetic()) => words.join("_"),
        _ => format!("chapter_{}", words.join("_"))
            .trim_end_matches('_')
            .to_owned(),
    }
}

/// A stem and the name that skeptic makes of it, not used before: `a/b.md` and `a_b.md` would
/// meet, and so would a chapter that is included twice.
fn unused(stem: &str, line: usize, names: &mut BTreeSet<String>) -> (String, String) {
    let mut tried = stem.to_owned();
    for count in 2.. {
        let name = format!("{tried}_line_{line}");
        if names.insert(name.clone()) {
            return (tried, name);
        }
        tried = format!("{stem}_{count}");
    }
    unreachable!("there is always a next number")
}
