//! Verdicts, and the counts of a check.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::blocks::Block;
use crate::book::Page;
use crate::finding::Finding;
use crate::plan::Promise;
use crate::source::Location;

/// How a block or a result fence came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It holds.
    Pass,
    /// It doesn't.
    Fail,
    /// Its run had to be stopped.
    Timeout,
    /// It says `ignore`.
    Ignored,
    /// This machine can't tell.
    Unchecked,
    /// It speaks of Rust, but so that rustdoc doesn't test it.
    NotRust,
}

impl Status {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Status::Pass => "pass",
            Status::Fail => "fail",
            Status::Timeout => "timeout",
            Status::Ignored => "ignored",
            Status::Unchecked => "unchecked",
            Status::NotRust => "not_rust",
        }
    }
}

/// The verdict on a block, a result fence, an include or a chapter.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// `block`, `chapter`, or the kind of the fence.
    pub kind: String,
    /// The block's name: file and line.
    pub name: String,
    /// Where it stands.
    pub location: Location,
    /// How it came out.
    pub status: Status,
    /// What is wrong with it; warnings among them.
    pub findings: Vec<Finding>,
    /// The error codes that the compiler gave.
    pub codes: BTreeSet<String>,
    /// How long it took.
    pub took: Duration,
    /// Its text was written anew.
    pub blessed: bool,
    /// Bless could write what came into it.
    pub blessable: bool,
}

/// The counts of a check.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Blocks and result fences that hold.
    pub passed: usize,
    /// Blocks, result fences, includes and chapters that don't.
    pub failed: usize,
    /// Blocks that say `ignore`.
    pub ignored: usize,
    /// Result fences of which this machine can't tell what they must hold: neither passed nor failed.
    pub unchecked: usize,
    /// Result fences that were written anew.
    pub blessed: usize,
    /// Warnings.
    pub warnings: usize,
    /// What there was to check.
    pub counts: Counts,
}

/// What a book holds, by promise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rust blocks, all in all.
    pub blocks: usize,
    /// Blocks that are run.
    pub run: usize,
    /// Blocks that are only compiled.
    pub compiled: usize,
    /// Blocks that must be rejected.
    pub rejected: usize,
    /// Result fences that were checked, by kind.
    pub fences: BTreeMap<String, usize>,
}

impl Summary {
    /// Whether every promise holds.
    pub fn holds(&self) -> bool {
        self.failed == 0
    }

    pub(crate) fn add(&mut self, verdict: &Verdict) {
        match verdict.status {
            Status::Pass => self.passed += 1,
            Status::Fail | Status::Timeout => self.failed += 1,
            Status::Ignored => self.ignored += 1,
            Status::Unchecked => self.unchecked += 1,
            Status::NotRust => {}
        }
        self.blessed += usize::from(verdict.blessed);
        self.warnings += verdict.findings.iter().filter(|f| f.warning).count();
    }
}

impl Counts {
    /// Counts what stands on the pages; only fences of these kinds are counted.
    pub fn of(pages: &[Page], kinds: &[&str]) -> Counts {
        Counts::of_blocks(pages.iter().flat_map(|page| &page.blocks.blocks), kinds)
    }

    /// The same for some blocks.
    pub(crate) fn of_blocks<'b>(
        blocks: impl IntoIterator<Item = &'b Block>,
        kinds: &[&str],
    ) -> Counts {
        let mut counts = Counts::default();
        for block in blocks {
            counts.blocks += 1;
            match Promise::of(block) {
                Promise::Runs | Promise::Panics => counts.run += 1,
                Promise::Compiles => counts.compiled += 1,
                Promise::Rejected(_) => counts.rejected += 1,
                Promise::Ignored => {}
            }
            for fence in &block.fences {
                if kinds.contains(&fence.tag.kind.as_str()) {
                    *counts.fences.entry(fence.tag.kind.clone()).or_default() += 1;
                }
            }
        }
        counts
    }
}
