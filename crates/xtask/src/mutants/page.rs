//! `docs/mutants.md`: who caught which.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::mutant::{Expected, Mutant, one_line};
use super::table::{FILE, Table};

/// Where the page is.
pub fn path(root: &Path) -> PathBuf {
    root.join("docs/mutants.md")
}

/// The page after a run in which every mutant had the fate that the table promises; after any
/// other none is written.
pub fn of(table: &Table) -> Result<String> {
    let caught = table.mutants.iter().filter(|mutant| is_caught(mutant));
    let caught = caught.count();
    let mut page = format!(
        "<!-- Written by `cargo xtask mutants`; not to be edited. -->\n\
         # Mutants\n\n\
         Each line is one guard, taken out of a copy of the code or weakened: a lock, a bound, an\n\
         ordering, an `unsafe impl`, a destructor. The tests must notice. The table is `{FILE}`;\n\
         `cargo xtask mutants [FILTER]` tries them.\n\n\
         {caught} of {} were caught, each by what is named beside it. ",
        table.mutants.len()
    );
    writeln!(
        page,
        "{}",
        match table.mutants.len() - caught {
            0 => "None is equivalent to the original.".to_owned(),
            n => format!(
                "{n} can't be: they are equivalent to the original, for the reason given, and every test of their crate passes."
            ),
        }
    )?;
    let files: BTreeSet<&str> = table.mutants.iter().map(|mutant| &*mutant.file).collect();
    for file in files {
        writeln!(page, "\n## `{file}`\n")?;
        writeln!(page, "| instead of | this | caught by | what it kept out |")?;
        writeln!(page, "|---|---|---|---|")?;
        for mutant in table.mutants.iter().filter(|mutant| mutant.file == file) {
            writeln!(page, "{}", row(mutant))?;
        }
    }
    Ok(page)
}

/// Whether the page has the mutant, under its file, with its catcher.
pub fn has(page: &str, mutant: &Mutant) -> bool {
    let heading = format!("## `{}`", mutant.file);
    let theirs = page.lines().skip_while(|line| *line != heading).skip(1);
    let mut theirs = theirs.take_while(|line| !line.starts_with("## "));
    let row = row(mutant);
    theirs.any(|line| line == row)
}

fn row(mutant: &Mutant) -> String {
    format!(
        "| {} | {} | {} | {} |",
        cell(&code(&mutant.text)),
        cell(&code(&mutant.replacement)),
        cell(&fate(mutant)),
        cell(&mutant.why)
    )
}

fn is_caught(mutant: &Mutant) -> bool {
    matches!(mutant.expected, Expected::Caught(_))
}

fn fate(mutant: &Mutant) -> String {
    match &mutant.expected {
        Expected::Caught(catcher) => code(&catcher.to_string()),
        Expected::Equivalent(proof) => format!("nobody could: {proof}"),
    }
}

/// Two backticks around code that has one.
fn code(text: &str) -> String {
    let line = one_line(text);
    match line.matches('`').count() > 2 {
        true => format!("` {line} `"),
        false => line,
    }
}

fn cell(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace('|', "\\|")
}
