//! Asked first. What is read is written back under the same guard.

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
        let more = ask();
        *self.votes.lock().unwrap() += more;
    }
}
