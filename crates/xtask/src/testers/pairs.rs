//! The programs that the tools try: of each fault one that has it, and one that doesn't.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};

/// Where they lie.
pub const FOLDER: &str = "tests/testers/programs";

/// The faults, in the order of the table: a pair's name, and what is wrong in words.
pub const PAIRS: [(&str, &str); 11] = [
    ("data_race", "a plain number, and no lock"),
    ("message_plain", "a plain message behind a Relaxed flag"),
    ("spinlock", "a spinlock that is let go with Relaxed"),
    ("counted", "counted owners that go with Relaxed"),
    ("message_atomic", "an atomic message behind a Relaxed flag"),
    ("two_flags", "two flags with Release and Acquire"),
    (
        "load_buffering",
        "what each reads, the other hands on later",
    ),
    ("lost_update", "a load, and then a store"),
    ("aba", "a stack whose top comes back (ABA)"),
    ("lost_wakeup", "a signal before anybody waits"),
    ("lock_order", "two locks in opposite order"),
];

/// One program.
#[derive(Clone, Debug)]
pub struct Program {
    /// `lost_update/wrong`.
    pub name: String,
    /// Its text.
    pub source: String,
}

impl Program {
    /// What changes with its text.
    pub fn digest(&self) -> String {
        digest(self.source.as_bytes())
    }
}

/// The first half of a SHA-256, in hexadecimal digits.
pub fn digest(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest[..16].iter().map(|b| format!("{b:02x}")).collect()
}

/// Whether a program of this name has a fault.
pub fn is_wrong(program: &str) -> bool {
    program.ends_with("/wrong")
}

/// All programs, in the order of the table.
///
/// # Errors
///
/// If one can't be read.
pub fn programs(root: &Path) -> Result<Vec<Program>> {
    let names = PAIRS
        .iter()
        .flat_map(|(pair, _)| ["wrong", "right"].map(|side| format!("{pair}/{side}")));
    names
        .map(|name| {
            let path = root.join(FOLDER).join(format!("{name}.rs"));
            let source = fs::read_to_string(&path)
                .with_context(|| format!("can't read {}", path.display()))?
                .replace("\r\n", "\n");
            Ok(Program { name, source })
        })
        .collect()
}
