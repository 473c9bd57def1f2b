//! What came of a try.

use std::time::Duration;

use mdbook_verdict::CompileError;

/// What came of a try.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// Every check holds.
    Passed {
        /// The checks' names.
        checks: Vec<String>,
    },
    /// The compiler refuses it.
    Refused(Vec<CompileError>),
    /// It compiles, and a check doesn't hold.
    Failed {
        /// The checks that don't hold.
        failed: Vec<FailedCheck>,
        /// How many do.
        passed: usize,
        /// How many weren't tried, since one before them didn't end.
        untried: usize,
    },
}

impl Outcome {
    /// Whether every check holds.
    pub fn is_passed(&self) -> bool {
        matches!(self, Outcome::Passed { .. })
    }
}

/// A check that doesn't hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedCheck {
    /// Its name.
    pub name: String,
    /// How it ended.
    pub how: How,
    /// The panic's message; empty where there was no panic.
    pub message: String,
    /// Where it panicked: file, line and column.
    pub place: String,
    /// What it wrote to standard output.
    pub printed: String,
    /// What else came to standard error, such as the panics of other threads.
    pub complained: String,
}

/// How a check ended that doesn't hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// Its thread panicked.
    Panicked,
    /// It was stopped at this time limit.
    StillRunning(Duration),
    /// It was stopped because it wrote more than this many bytes.
    TooMuch(usize),
    /// The whole process ended in the middle: how the system describes it.
    Ended(String),
}
