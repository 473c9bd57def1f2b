//! What the book holds, counted: the table on the page "How this book is checked".

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use exercises::Course;
use mdbook_verdict::{Book, Counts, Page, Promise, Toolchain};
use regex::Regex;

/// The table, and the codes below it.
pub fn table(root: &Path) -> Result<String> {
    let toolchain = Toolchain::find(root)?;
    let pages = Book::load(root)?.pages(&toolchain.host);
    let counts = Counts::of(
        &pages,
        &["output", "stderr", "diagnostic", "outcomes", "asm", "quiz"],
    );
    let fences = |kind: &str| counts.fences.get(kind).copied().unwrap_or(0);
    let drawn = pages
        .iter()
        .flat_map(|page| &page.blocks.blocks)
        .flat_map(|block| &block.fences)
        .filter(|fence| fence.tag.kind == "leases" || fence.tag.arguments == ["lanes"])
        .count();
    let codes = codes(&pages);
    let mut rows = vec![
        ("Rust blocks".to_owned(), counts.blocks),
        ("compiled and run".to_owned(), counts.run),
        (
            "rejected by the compiler, as they say".to_owned(),
            counts.rejected,
        ),
        ("compiled only".to_owned(), counts.compiled),
        (
            "outputs shown, each the real one".to_owned(),
            fences("output"),
        ),
        ("error outputs shown".to_owned(), fences("stderr")),
        (
            "compiler messages shown, whole".to_owned(),
            fences("diagnostic"),
        ),
        (
            "sets of outcomes, each the whole one".to_owned(),
            fences("outcomes"),
        ),
        (
            "listings of machine code, each what the compiler makes".to_owned(),
            fences("asm"),
        ),
        ("figures, each drawn from what came".to_owned(), drawn),
        (
            "quizzes, answered by the compiler or a run".to_owned(),
            fences("quiz"),
        ),
        ("error codes that a block provokes".to_owned(), codes.len()),
        ("programs to run".to_owned(), programs(root)?),
        (
            "exercises, each proven to fail and to be solvable".to_owned(),
            Course::load(root)?.exercises.len(),
        ),
        (
            "answers in the atlas, each the compiler's".to_owned(),
            2 * told(root, "src/threads/atlas-table.md", r"types in (\d+) rows")?,
        ),
        (
            "guards taken out of a copy of the crates, each noticed by a test".to_owned(),
            told(root, "docs/mutants.md", r"(\d+) of \d+ were caught")?,
        ),
    ];
    rows.retain(|(_, count)| *count > 0);
    let mut table = String::from(
        "<!-- Counted by `cargo book --bless`; not to be edited. -->\n| In this book | How many |\n|---|---:|\n",
    );
    for (what, count) in rows {
        writeln!(table, "| {what} | {count} |")?;
    }
    let codes: Vec<_> = codes
        .iter()
        .map(|(code, count)| {
            let id = code.to_lowercase();
            format!("[{code}](error-codes.md#{id}) ({count})")
        })
        .collect();
    writeln!(
        table,
        "\nCompiled with {}. The codes, and in how many blocks: {}.",
        version(&toolchain.version),
        codes.join(", ")
    )?;
    Ok(table)
}

/// A number that another generated file tells.
fn told(root: &Path, file: &str, pattern: &str) -> Result<usize> {
    let text = fs::read_to_string(root.join(file)).with_context(|| format!("can't read {file}"))?;
    let found = Regex::new(pattern)?.captures(&text);
    let found = found.with_context(|| format!("{file} doesn't tell {pattern:?} any more"))?;
    Ok(found[1].parse()?)
}

/// `rustc 1.95.0`, without the commit and the date.
fn version(line: &str) -> String {
    line.split_whitespace()
        .take(2)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The codes named by rejected blocks, and how many blocks name each.
fn codes(pages: &[Page]) -> BTreeMap<String, usize> {
    let mut codes = BTreeMap::new();
    for block in pages.iter().flat_map(|page| &page.blocks.blocks) {
        if let Promise::Rejected(named) = Promise::of(block) {
            for code in named {
                *codes.entry(code).or_default() += 1;
            }
        }
    }
    codes
}

/// How many programs `examples/Cargo.toml` declares.
fn programs(root: &Path) -> Result<usize> {
    let text = fs::read_to_string(root.join("examples/Cargo.toml"))?;
    let manifest: toml::Table = text.parse()?;
    Ok(manifest
        .get("example")
        .and_then(toml::Value::as_array)
        .map_or(0, Vec::len))
}
