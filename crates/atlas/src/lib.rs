//! The atlas: which types may cross a thread, by the compiler's own answers.
//!
//! A table of `Send` and `Sync` that somebody typed in is a table of what
//! somebody believes. Here the list holds only the *types*; a program is made
//! from it and given to the compiler, and the table is what comes back.
//!
//! A type with parameters is asked about several times, with one of four
//! marker types in each parameter's place: one that is `Send` and `Sync`, one
//! that is only the one, only the other, neither. From the answers follows the
//! bound, and it is checked against every one of them:
//!
//! ```
//! use atlas::{Bound, Marker, Trait};
//!
//! // A mutex may be shared wherever what is in it may move.
//! let mutex_is_sync = |markers: &[Marker]| markers[0].has(Trait::Send);
//!
//! let bound = Bound::derive(&["T".to_owned()], mutex_is_sync).unwrap();
//! assert_eq!(bound.to_string(), "if T: Send");
//! ```
//!
//! Answers that no bound gives are refused, instead of being made into one:
//!
//! ```should_panic
//! use atlas::{Bound, Marker};
//!
//! let odd = |markers: &[Marker]| markers[0] == Marker::Neither;
//! Bound::derive(&["T".to_owned()], odd).unwrap();
//! ```
//!
//! # How it asks
//!
//! Twice, in one compilation each. A program of *probes* is run and prints yes
//! or no for each question. A program of *demands*, a line for each, is to be
//! refused, and the compiler's notes on each refused line name the reason: the
//! field, or the impl, that stands against it. The two must agree on every
//! cell.

mod bound;
mod compiler;
mod error;
mod list;
mod marker;
mod page;
mod question;
mod reason;
mod table;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::{Path, PathBuf};

pub use bound::{Bound, Demand};
pub use error::Error;
pub use list::Entry;
pub use marker::{Marker, Trait};
pub use reason::{Reason, Step};
pub use table::{Atlas, Column, Row};

/// The types that the book's atlas asks about.
pub const TYPES: &str = include_str!("../types.txt");

/// Asks the compiler, and writes the table that the chapter includes.
///
/// # Errors
///
/// If the compiler can't be asked or can't be believed, or the file not be written.
pub fn write(root: &Path) -> Result<(), Error> {
    let page = made(root)?;
    let path = path(root);
    if fs::read_to_string(&path).is_ok_and(|old| old == page) {
        return Ok(());
    }
    fs::write(&path, page).map_err(Error::file(&path))
}

/// Whether the table is what [`write`] would write; if not, says on standard error where it isn't.
///
/// # Errors
///
/// As [`write`]'s.
pub fn check(root: &Path) -> Result<bool, Error> {
    let path = path(root);
    let page = fs::read_to_string(&path).map_err(Error::file(&path))?;
    let difference = compare(root, &page)?;
    if let Some(difference) = &difference {
        eprintln!(
            "error: {}: the compiler says otherwise\n{difference}\n  write it anew: cargo xtask atlas",
            path.display()
        );
    }
    Ok(difference.is_none())
}

/// Asks the compiler, and gives the first difference between this table and its answers.
///
/// How a type is built may differ from system to system, and with it the reasons: a table that was
/// made on another one is compared without them.
///
/// # Errors
///
/// If the compiler can't be asked or can't be believed.
pub fn compare(root: &Path, page: &str) -> Result<Option<String>, Error> {
    Ok(difference(page, &made(root)?))
}

fn path(root: &Path) -> PathBuf {
    root.join("src/threads/atlas-table.md")
}

fn made(root: &Path) -> Result<String, Error> {
    Atlas::ask(root, &Entry::read(TYPES)?)?.page(root)
}

/// The first line in which two tables differ, and the row it is in.
fn difference(old: &str, new: &str) -> Option<String> {
    let host = |page: &str| {
        page.lines()
            .find(|line| line.starts_with("for `"))
            .map(str::to_owned)
    };
    let reasons = host(old) == host(new);
    let kept = |line: &&str| reasons || !(line.starts_with("for `") || line.contains(REASON));
    let (mut old, mut new) = (old.lines().filter(kept), new.lines().filter(kept));
    let mut row = "the head";
    loop {
        let (was, is) = (old.next(), new.next());
        if was.is_none() && is.is_none() {
            return None;
        }
        if was != is {
            let line = |line: Option<&str>| line.unwrap_or("nothing").to_owned();
            return Some(format!(
                "  in {row}\n  the page: {}\n  compiled: {}",
                line(was),
                line(is)
            ));
        }
        row = was
            .filter(|line| line.starts_with("<th scope=\"row\""))
            .unwrap_or(row);
    }
}

/// What begins the cell of the reasons.
const REASON: &str = "<td class=\"why\">";
