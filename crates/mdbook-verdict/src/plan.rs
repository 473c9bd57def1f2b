//! What a block promises, and so what has to be done with it.

use std::collections::BTreeSet;

use crate::blocks::Block;

/// What a block promises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Promise {
    /// Nothing: it says `ignore`.
    Ignored,
    /// It compiles (`no_run`).
    Compiles,
    /// It compiles, runs and ends well.
    Runs,
    /// It compiles, runs and ends badly (`should_panic`).
    Panics,
    /// The compiler rejects it with exactly these codes; none named: with any error.
    Rejected(BTreeSet<String>),
}

impl Promise {
    /// What a block promises, by its tags.
    pub fn of(block: &Block) -> Promise {
        let tags = &block.tags;
        if tags.ignore {
            Promise::Ignored
        } else if tags.compile_fail {
            Promise::Rejected(tags.codes.clone())
        } else if tags.no_run {
            Promise::Compiles
        } else if tags.should_panic {
            Promise::Panics
        } else {
            Promise::Runs
        }
    }

    /// Its name in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Promise::Ignored => "ignored",
            Promise::Compiles => "compiles",
            Promise::Runs => "runs",
            Promise::Panics => "panics",
            Promise::Rejected(_) => "rejected",
        }
    }

    /// The promise in words.
    pub fn words(&self) -> String {
        match self {
            Promise::Ignored => "nothing: it is ignored".to_owned(),
            Promise::Compiles => "it compiles".to_owned(),
            Promise::Runs => "it compiles and runs".to_owned(),
            Promise::Panics => "it compiles, runs and panics".to_owned(),
            Promise::Rejected(codes) if codes.is_empty() => "the compiler rejects it".to_owned(),
            Promise::Rejected(codes) => format!("the compiler rejects it with {}", listed(codes)),
        }
    }
}

/// Codes in words: `E0382`, `E0382 and E0499`; none: `an error without a code`.
pub fn listed(codes: &BTreeSet<String>) -> String {
    let codes: Vec<_> = codes.iter().map(String::as_str).collect();
    match codes.split_last() {
        None => "an error without a code".to_owned(),
        Some((one, [])) => (*one).to_owned(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}
