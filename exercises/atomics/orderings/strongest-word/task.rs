//! A slot that holds one number at a time. One thread puts numbers in, and is told `false`
//! if the slot is still full; another takes them out. `put` and `take` must stay as the
//! check calls them, and neither may wait.
//!
//! "I never know which of Acquire and Release it is. So I take both, to be on the safe
//! side. Now I am told that I can't."

use std::sync::atomic::{
    AtomicBool, AtomicU64,
    Ordering::{AcqRel, Relaxed},
};

#[derive(Default)]
pub struct Slot {
    full: AtomicBool,
    number: AtomicU64,
}

impl Slot {
    pub fn put(&self, number: u64) -> bool {
        if self.full.load(AcqRel) {
            return false;
        }
        self.number.store(number, Relaxed);
        self.full.store(true, AcqRel);
        true
    }

    pub fn take(&self) -> Option<u64> {
        if !self.full.load(AcqRel) {
            return None;
        }
        let number = self.number.load(Relaxed);
        self.full.store(false, AcqRel);
        Some(number)
    }
}
