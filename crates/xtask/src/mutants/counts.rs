//! Who catches how many mutants: a table on the page about testing, counted in `docs/mutants.md`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::page;
use crate::generated;

/// Where the table is written; the page includes it.
fn path(root: &Path) -> PathBuf {
    root.join("src/beyond/mutants.md")
}

/// Writes the table anew.
///
/// # Errors
///
/// If there is nothing to count in, or nowhere to write.
pub fn write(root: &Path) -> Result<()> {
    generated::put(&path(root), &of(root)?)?;
    Ok(())
}

/// Whether the table is what [`write`] would write; if not, says so.
///
/// # Errors
///
/// If there is nothing to count in.
pub fn check(root: &Path) -> Result<bool> {
    let path = path(root);
    let table = of(root)?;
    let same = fs::read_to_string(&path).is_ok_and(|old| old == table);
    if !same {
        eprintln!(
            "error: {}: these counts are not those of docs/mutants.md any more\n  write them anew: cargo book --bless",
            path.display()
        );
    }
    Ok(same)
}

fn of(root: &Path) -> Result<String> {
    let page = page::path(root);
    let page = fs::read_to_string(&page).with_context(|| page.display().to_string())?;
    table(&page)
}

/// Who may catch one, and how the page of the mutants begins to name it.
const WHO: [(&str, &[&str]); 6] = [
    (
        "a test that loom runs under every schedule",
        &["--test loom ", "-p loom-tests --test programs "],
    ),
    (
        "the explorer, in a test of every outcome",
        &["--test explored "],
    ),
    ("a block of this book", &["`block "]),
    (
        "the compiler, or a documentation test that must be refused or run",
        &["`build ", "--doc "],
    ),
    ("another test", &["`test "]),
    (
        "nobody could: equivalent to the original, with a proof",
        &["nobody could: "],
    ),
];

fn table(page: &str) -> Result<String> {
    let mut counts = [0; WHO.len()];
    for row in page.lines().filter(|line| line.starts_with("| ")) {
        let row = row.replace("\\|", "");
        let cells: Vec<&str> = row.split(" | ").collect();
        let [_, _, catcher, _] = cells[..] else {
            anyhow::bail!("docs/mutants.md: this row hasn't four cells: {row}");
        };
        if let Some(who) = WHO
            .iter()
            .position(|(_, marks)| marks.iter().any(|mark| catcher.contains(mark)))
        {
            counts[who] += 1;
        }
    }
    let mut table = String::from(
        "<!-- Counted in docs/mutants.md by `cargo book --bless`; not to be edited. -->\n\
         | Noticed by | How many |\n|---|---:|\n",
    );
    for ((who, _), count) in WHO.iter().zip(counts) {
        writeln!(table, "| {who} | {count} |")?;
    }
    writeln!(
        table,
        "| mutants in all | {} |",
        counts.iter().sum::<usize>()
    )?;
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_counts_for_who_noticed_and_a_row_that_is_none_is_refused() {
        let page = "| instead of | this | caught by | what it kept out |\n|---|---|---|---|\n\
            | `a` | `b \\| c` | `test -p mutex --test loom a` | it |\n\
            | `a` | `b` | `test -p mutex --test lock a` | it |\n\
            | `a` | `b` | nobody could: for a reason | it |\n";
        let table = table(page).unwrap();
        for there in [
            "schedule | 1 |",
            "another test | 1 |",
            "proof | 1 |",
            "all | 3 |",
        ] {
            assert!(table.contains(there), "{there}: {table}");
        }
        assert!(super::table("| a | b |\n").is_err());
    }
}
