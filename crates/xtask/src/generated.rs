//! Everything that `cargo book --bless` writes besides result fences: counts, lists, reference pages.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use exercises::{Course, page};
use reference::{File, Made};

use crate::{costs, counts, languages, mutants, testers};

/// Writes every file anew that isn't as it should be. What is missing for that is said by
/// [`check`].
pub fn write(root: &Path) -> Result<()> {
    // First what follows from records: the chapters include it, and the rest follows from them.
    costs::write(root)?;
    languages::write(root)?;
    testers::write(root)?;
    mutants::counts::write(root)?;
    for file in made(root)?.files {
        put(&root.join(&file.path), &file.text)?;
    }
    Ok(())
}

/// Writes a file, unless it holds that text already; says whether it had to.
pub fn put(path: &Path, text: &str) -> Result<bool> {
    if holds(path, text) {
        return Ok(false);
    }
    fs::write(path, text).with_context(|| format!("can't write {}", path.display()))?;
    Ok(true)
}

/// Whether every file is what [`write`] would write, and nothing is missing; if not, says so.
pub fn check(root: &Path) -> Result<bool> {
    let Made { files, faults } = made(root)?;
    for fault in &faults {
        eprintln!("error: {fault}");
    }
    let old: Vec<_> = files
        .iter()
        .filter(|file| !holds(&root.join(&file.path), &file.text))
        .collect();
    for file in &old {
        eprintln!(
            "error: {}: this is not what the book's chapters make of it any more\n  write it anew: cargo book --bless",
            file.path.display()
        );
    }
    let recorded = [
        costs::check(root)?,
        languages::check(root)?,
        testers::check(root)?,
        mutants::counts::check(root)?,
    ];
    Ok(faults.is_empty() && old.is_empty() && recorded.iter().all(|same| *same))
}

fn holds(path: &Path, text: &str) -> bool {
    fs::read_to_string(path).is_ok_and(|old| old == text)
}

fn made(root: &Path) -> Result<Made> {
    let mut made = reference::make(root)?;
    made.files.push(File {
        path: "src/reference/exercises-list.md".into(),
        text: page::list(&Course::load(root)?),
    });
    made.files.push(File {
        path: "src/reference/counts.md".into(),
        text: counts::table(root)?,
    });
    Ok(made)
}
