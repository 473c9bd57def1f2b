//! One guard from the reading to the writing, and everybody waits for the one who is asked.

use std::sync::Mutex;

pub struct Tally {
    votes: Mutex<u64>,
}

impl Tally {
    pub fn new() -> Tally {
        Tally { votes: 0.into() }
    }

    pub fn add(&self, votes: u64) {
        *self.votes.lock().unwrap() += votes;
    }

    /// How many there are, if nobody has the tally locked.
    pub fn total(&self) -> Option<u64> {
        self.votes.try_lock().ok().map(|votes| *votes)
    }

    pub fn add_from(&self, ask: impl FnOnce() -> u64) {
        let mut votes = self.votes.lock().unwrap();
        *votes += ask();
    }
}
