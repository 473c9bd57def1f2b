//! A board that one thread fills in, once, and others read. Filling in takes a while, since
//! each number has to be found; `read` doesn't wait for it, and gives nothing until all are
//! there. `fill` and `read` must stay as the check calls them.
//!
//! "I have Release, I have Acquire, I have read about them. And still people see a board
//! with zeros on it."

use std::sync::atomic::{
    AtomicBool, AtomicU32,
    Ordering::{Acquire, Relaxed, Release},
};

#[derive(Default)]
pub struct Board {
    filled: AtomicBool,
    numbers: [AtomicU32; 3],
}

impl Board {
    pub fn fill(&self, find: impl Fn(usize) -> u32) {
        self.filled.store(true, Release);
        for (place, number) in self.numbers.iter().enumerate() {
            number.store(find(place), Relaxed);
        }
    }

    pub fn read(&self) -> Option<[u32; 3]> {
        if !self.filled.load(Acquire) {
            return None;
        }
        Some(self.numbers.each_ref().map(|number| number.load(Relaxed)))
    }
}
