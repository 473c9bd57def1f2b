//! The page that says what came of it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Result;

use super::Checked;
use super::compare::{Relation, Row};
use super::rustdoc::Said;
use super::verdicts::Verdict;

/// The page, whole.
///
/// # Errors
///
/// None that a string could give.
pub fn written(books: &[Checked], version: &str) -> Result<String> {
    let mut page = format!(
        "<!-- Written by `cargo xtask real-books`; not to be edited. -->
# Other people's books

Every Rust block of these books, checked twice: as `mdbook test` would (mdBook expands a chapter, \
`rustdoc --test` tests it) and with `mdbook-verdict check`, which remembers nothing here and has a \
time limit of 10 seconds a block. The books' own preprocessors and libraries are left out on both \
sides, and nothing in the books is changed. Compiled with {version}.

Where both fail a block, the error codes are compared too. They differ where rustdoc's own parser \
gives a block up: then rustdoc puts no `main` around it, and rustc stops at the first line; we do, \
and rustc goes on to the block's other errors.

Write this page anew: clone the books at the commits below, then \
`cargo xtask real-books FOLDER...`.

| book | edition | blocks | both pass | both fail | both ignore | we are stricter | we differ |
|---|---|---:|---:|---:|---:|---:|---:|
"
    );
    for book in books {
        let count = |relation| book.compared.of(relation).count();
        writeln!(
            page,
            "| {} | {} | {} | {} | {} | {} | {} | {} |",
            book.name,
            book.edition,
            book.compared.rows.len(),
            count(Relation::BothPass),
            count(Relation::BothFail),
            count(Relation::BothIgnore),
            count(Relation::Stricter),
            count(Relation::Differ),
        )?;
    }
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    writeln!(
        page,
        "
What it cost: our processor time as a part of rustdoc's. One run of each, one after the other, on a \
machine with {cores} cores, so take it for a size only; `cargo xtask bench-verdict` measures with \
spread. rustdoc works at one chapter after the other, as under `mdbook test`; where it never ends, it \
was stopped after two minutes, which `mdbook test` doesn't do.

| book | ours / rustdoc's | rustdoc stopped |
|---|---:|---:|"
    )?;
    for book in books {
        let (ratio, stopped) = match book.compared.stopped.len() {
            0 => (
                ratio(book.our_cost.cpu, book.rustdoc_cost.cpu),
                "never".to_owned(),
            ),
            1 => ("-".to_owned(), "at one chapter".to_owned()),
            count => ("-".to_owned(), format!("at {count} chapters")),
        };
        writeln!(page, "| {} | {ratio} | {stopped} |", book.name)?;
    }
    for book in books {
        section(&mut page, book)?;
    }
    Ok(page)
}

fn ratio(ours: f64, theirs: f64) -> String {
    format!("{:.2}", ours / theirs.max(f64::EPSILON))
}

fn section(page: &mut String, book: &Checked) -> Result<()> {
    let compared = &book.compared;
    writeln!(page, "\n## {}\n", book.name)?;
    writeln!(page, "{}, commit {}.", book.repository, book.commit)?;

    let hanging = compared
        .rows
        .iter()
        .filter(|row| row.rustdoc == Some(Said::Hangs) || row.ours.status == "timeout");
    list(page, "Blocks that hang", hanging.map(both))?;
    let stopped = compared.stopped.iter().map(|path| shown(path));
    list(page, "Chapters at which rustdoc was stopped", stopped)?;
    let differing = compared.of(Relation::Differ).map(both);
    list(page, "Where we differ without a rule", differing)?;
    let only = compared.only_rustdoc.iter();
    list(
        page,
        "Tests of rustdoc's that we don't see",
        only.map(|(path, line)| format!("{}, line {line} of the expanded text", shown(path))),
    )?;
    let otherwise = compared.expanded_otherwise.iter();
    list(
        page,
        "Chapters that we expand otherwise than mdBook",
        otherwise.map(|path| shown(path)),
    )?;
    let mut by_rule: BTreeMap<&str, Vec<&Verdict>> = BTreeMap::new();
    for row in compared.of(Relation::Stricter) {
        let rule = row.ours.rule.as_deref().unwrap_or("no rule");
        by_rule.entry(rule).or_default().push(&row.ours);
    }
    for (rule, verdicts) in by_rule {
        let title = format!("Passed by rustdoc, not by the rule `{rule}`");
        list(page, &title, verdicts.into_iter().map(finding))?;
    }
    let beside = compared.beside.iter();
    let beside = beside.filter(|verdict| verdict.rule.is_some());
    list(
        page,
        "Said beside: includes, chapters, tags",
        beside.map(finding),
    )?;
    let failing = || compared.of(Relation::BothFail);
    let otherwise = failing().filter(|row| row.has_other_codes());
    list(
        page,
        "Failed by both, with other codes",
        otherwise.map(both),
    )?;
    let alike = failing().filter(|row| !row.has_other_codes());
    list(page, "Failed by both", alike.map(|row| finding(&row.ours)))
}

fn list(page: &mut String, title: &str, items: impl Iterator<Item = String>) -> Result<()> {
    let items: Vec<_> = items.collect();
    if !items.is_empty() {
        writeln!(page, "\n### {title} ({})\n", items.len())?;
        for item in items {
            writeln!(page, "- {item}")?;
        }
    }
    Ok(())
}

/// A block with rustdoc's word beside ours.
fn both(row: &Row) -> String {
    let rustdoc = match &row.rustdoc {
        None => "rustdoc doesn't test it".to_owned(),
        Some(Said::Ok) => "rustdoc passes it".to_owned(),
        Some(Said::Failed(codes)) if codes.is_empty() => "rustdoc fails it".to_owned(),
        Some(Said::Failed(codes)) => {
            let codes: Vec<_> = codes.iter().map(String::as_str).collect();
            format!("rustdoc fails it with {}", codes.join(", "))
        }
        Some(Said::Ignored) => "rustdoc ignores it".to_owned(),
        Some(Said::Hangs) => "rustdoc never ends".to_owned(),
    };
    format!("{}; {rustdoc}", finding(&row.ours))
}

/// A verdict in a line: where, what, why.
fn finding(verdict: &Verdict) -> String {
    let came = verdict.came.replace("the compiler rejects it: ", "");
    let what = match verdict.rule.as_deref() {
        None => verdict.status.clone(),
        Some("exact-codes") => format!("{}, but {came}", verdict.promised),
        Some(_) => came,
    };
    let why = match cause(&verdict.detail) {
        Some(cause) if !said_already(&what, &cause) => format!(" ({cause})"),
        _ => String::new(),
    };
    let line = format!("`{}:{}`: {what}{why}", verdict.file, verdict.line);
    line.replace('<', "\\<").replace('\n', " ")
}

/// Whether a line has an error's message already, be it without its code.
fn said_already(line: &str, error: &str) -> bool {
    error
        .split_once(": ")
        .is_some_and(|(_, message)| line.contains(message))
}

/// The first error, or a panic's message, of all that came.
fn cause(detail: &str) -> Option<String> {
    let mut lines = detail.lines();
    let first = lines.find(|line| line.starts_with("error") || line.contains(" panicked at "))?;
    match first.starts_with("error") {
        true => Some(first.to_owned()),
        false => lines.next().map(|message| format!("panic: {message}")),
    }
}

fn shown(path: &Path) -> String {
    format!("`{}`", path.display().to_string().replace('\\', "/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_the_first_error_or_the_panics_message() {
        let panic = "said\n\nthread 'main' panicked at src/a.md:3:1:\nno\nnote: run with";
        assert_eq!(cause(panic).as_deref(), Some("panic: no"));
        let errors = "error[E0425]: a\n --> src/a.md\n\nerror: b";
        assert_eq!(cause(errors).as_deref(), Some("error[E0425]: a"));
        assert_eq!(cause("said"), None);
    }
}
