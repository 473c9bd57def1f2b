//! Checks the explored blocks of a book, and no others.

use std::path::Path;

use mdbook_verdict::{Block, Book, Options, Reporter, Summary, Verifier};
use regex::Regex;

use crate::fence::{self, KIND, OutcomesFence};
use crate::{Error, Memory};

/// Compiles, runs and explores the explored blocks of the book in a folder.
///
/// With `options.bless`, what was found is written into their fences; so is what came of them into
/// the fences of other kinds.
///
/// # Errors
///
/// If the book can't be read, or a block can't be given to the compiler. Fences that don't hold are
/// no errors: they are in the summary.
pub fn check(root: &Path, options: Options, reporter: &mut dyn Reporter) -> Result<Summary, Error> {
    let book = Book::load(root)?;
    let names: Vec<_> = book
        .pages("")
        .iter()
        .flat_map(|page| &page.blocks.blocks)
        .filter(|block| concerns(block))
        .map(|block| block.name.clone())
        .filter(|name| {
            options
                .filter
                .as_ref()
                .is_none_or(|filter| filter.is_match(name))
        })
        .map(|name| regex::escape(&name))
        .collect();
    if names.is_empty() {
        return Ok(Summary::default());
    }
    let ours = Regex::new(&format!("^(?:{})$", names.join("|"))).expect("a valid regex");
    let options = Options {
        filter: Some(ours),
        ..options
    };
    let verifier = Verifier::new(root, &book.config, &options)?;
    let fence = OutcomesFence::new(Memory::new(verifier.cache().clone()));
    let verifier = verifier.with_fence(Box::new(fence));
    Ok(verifier.check(&book, &options, reporter)?)
}

/// Whether a block is explored, or has a fence that says so.
fn concerns(block: &Block) -> bool {
    fence::is_explored(block) || block.fences.iter().any(|fence| fence.tag.kind == KIND)
}
