//! The best score so far. `record` notes a score if it is better, and tells whether it was.
//! The check comes in between any two operations that you do on the number, as another
//! thread may; so `Number` and `record` must stay, and it is by `Number` that you have to go.
//!
//! "Everything is SeqCst, the safest there is. Now and then the best score gets worse."

use std::sync::atomic::{AtomicU32, Ordering::SeqCst};

/// A number that threads share.
pub trait Number {
    fn load(&self) -> u32;
    fn store(&self, new: u32);
    /// Stores the greater one of the two, and gives the number that was there.
    fn fetch_max(&self, other: u32) -> u32;
    /// Stores `new` if `current` is there; gives the number that was there, as an error if not.
    fn compare_exchange(&self, current: u32, new: u32) -> Result<u32, u32>;
}

impl Number for AtomicU32 {
    fn load(&self) -> u32 {
        self.load(SeqCst)
    }

    fn store(&self, new: u32) {
        self.store(new, SeqCst);
    }

    fn fetch_max(&self, other: u32) -> u32 {
        self.fetch_max(other, SeqCst)
    }

    fn compare_exchange(&self, current: u32, new: u32) -> Result<u32, u32> {
        self.compare_exchange(current, new, SeqCst, SeqCst)
    }
}

pub fn record(best: &impl Number, score: u32) -> bool {
    if score > best.load() {
        best.store(score);
        true
    } else {
        false
    }
}
