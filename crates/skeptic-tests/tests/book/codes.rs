//! Rejected blocks are rejected with exactly the codes they name: mdbook-verdict's judgement.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use mdbook_verdict::{Book, Options, Status, Verifier};
use skeptic_tests::{Handed, hand_over};

/// A book's blocks by the names of their tests, and what judges them.
pub struct Judge {
    verifier: Verifier,
    blocks: BTreeMap<String, Handed>,
}

impl Judge {
    pub fn of(root: &Path) -> Result<Judge, String> {
        let book = Book::load(root).map_err(|error| error.to_string())?;
        let verifier = Verifier::new(root, &book.config, &Options::default())
            .map_err(|error| error.to_string())?;
        let handed = hand_over(&book, env!("BLOCK_TARGET"));
        let by_name = handed.into_iter().map(|block| (block.test.clone(), block));
        Ok(Judge {
            verifier,
            blocks: by_name.collect(),
        })
    }

    /// What is wrong with a block; its result fences are not looked at.
    pub fn judge(&self, test: &str) -> Result<(), String> {
        let Some(handed) = self.blocks.get(test) else {
            return Err(format!(
                "{test}: there is no such block: the book was edited after these tests were built"
            ));
        };
        let block = &handed.block;
        let judged = self
            .verifier
            .judge(block, &handed.faults)
            .map_err(|error| error.to_string())?;
        let Some(verdict) = judged.verdicts.first() else {
            let faults = handed.faults.iter().map(|fault| &*fault.came);
            let faults = faults.collect::<Vec<_>>().join("; ");
            return Err(format!("{}: in its chapter, {faults}", block.name));
        };
        if verdict.status == Status::Pass {
            return Ok(());
        }
        let mut report = format!("{}: {}", block.name, verdict.status.name());
        for finding in verdict.findings.iter().filter(|finding| !finding.warning) {
            report.push_str(&format!(
                "\n  promised: {}\n  came: {}\n{}",
                finding.promised,
                finding.came,
                finding.detail.as_deref().unwrap_or_default()
            ));
        }
        Err(report)
    }
}

/// The book's own.
static BOOK: LazyLock<Result<Judge, String>> = LazyLock::new(|| Judge::of(Path::new(crate::ROOT)));

/// Judges a block of the book; the generated tests call it.
///
/// # Panics
///
/// If the block isn't rejected with exactly the codes it names.
pub fn of_the_book(test: &str) {
    let judged = BOOK.as_ref().map_err(String::clone);
    if let Err(report) = judged.and_then(|judge| judge.judge(test)) {
        panic!("{report}");
    }
}
