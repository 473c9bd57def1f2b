//! An atomic: each addition is one step, whatever happens between two of them.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

pub struct Tally {
    votes: AtomicU64,
}

impl Tally {
    pub fn new() -> Tally {
        Tally { votes: 0.into() }
    }

    pub fn add(&self, votes: u64) {
        self.votes.fetch_add(votes, Relaxed);
    }

    pub fn total(&self) -> Option<u64> {
        Some(self.votes.load(Relaxed))
    }

    pub fn add_from(&self, ask: impl FnOnce() -> u64) {
        self.add(ask());
    }
}
