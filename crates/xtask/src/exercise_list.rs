//! The list of all exercises on the page "Exercises".

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use exercises::{Course, page};

/// Where the list is written; the page includes it.
fn path(root: &Path) -> PathBuf {
    root.join("src/reference/exercises-list.md")
}

/// Writes the list anew.
pub fn write(root: &Path) -> Result<()> {
    let (path, list) = (path(root), page::list(&Course::load(root)?));
    if fs::read_to_string(&path).is_ok_and(|old| old == list) {
        return Ok(());
    }
    fs::write(&path, list).with_context(|| format!("can't write {}", path.display()))
}

/// Whether the list is what [`write`] would write; if not, says so.
pub fn check(root: &Path) -> Result<bool> {
    let (path, list) = (path(root), page::list(&Course::load(root)?));
    let same = fs::read_to_string(&path).is_ok_and(|old| old == list);
    if !same {
        eprintln!(
            "error: {}: this list is not that of the exercises any more\n  write it anew: cargo book --bless",
            path.display()
        );
    }
    Ok(same)
}
