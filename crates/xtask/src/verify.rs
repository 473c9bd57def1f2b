//! Verifies every block of the book, and that what is generated for it is up to date.

use std::io;
use std::path::Path;

use anyhow::Result;
use mdbook_outcomes::{Memory, OutcomesFence};
use mdbook_verdict::{Book, Human, Options, Verifier};
use regex::Regex;

use crate::generated;

/// Whether every promise of the book holds; with `bless`, once the result fences of the blocks
/// whose names match are written anew.
pub fn book(root: &Path, bless: Option<&Regex>) -> Result<bool> {
    let holds = check(
        root,
        &Options {
            filter: bless.cloned().filter(|filter| !filter.as_str().is_empty()),
            bless: bless.is_some(),
            ..Options::default()
        },
    )?;
    // The lists show lines of messages, which may just have been blessed.
    if bless.is_some() {
        generated::write(root)?;
    }
    Ok(generated::check(root)? && holds)
}

/// Whether the blocks hold whose names match.
pub fn blocks(root: &Path, filter: &Regex) -> Result<bool> {
    check(
        root,
        &Options {
            filter: Some(filter.clone()),
            ..Options::default()
        },
    )
}

/// Checks with every kind of fence that the book has.
fn check(root: &Path, options: &Options) -> Result<bool> {
    let book = Book::load(root)?;
    eprintln!("getting the crates ready that blocks may name");
    let verifier = Verifier::new(root, &book.config, options)?;
    let outcomes = OutcomesFence::new(Memory::new(verifier.cache().clone()));
    let verifier = verifier.with_fence(Box::new(outcomes));
    eprintln!("verifying with {}", verifier.toolchain().version);
    let mut reporter = Human::new(
        io::stdout(),
        root,
        "cargo book --only",
        "cargo book --bless",
    );
    Ok(verifier.check(&book, options, &mut reporter)?.holds())
}
