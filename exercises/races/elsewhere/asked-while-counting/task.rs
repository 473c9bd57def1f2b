//! A tally to which votes are added from all sides. `add_from` asks somebody, who may take a
//! while, and adds their votes; meanwhile others go on, and look. All its methods must stay.
//!
//! "I had Python's `count += ask()` in mind, where votes got lost, and so I locked each access.
//! They still get lost."

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
        let so_far = *self.votes.lock().unwrap();
        let more = ask();
        *self.votes.lock().unwrap() = so_far + more;
    }
}
