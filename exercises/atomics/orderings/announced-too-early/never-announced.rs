//! Raises no flag, and asks the last number instead, which may well be 0.

use std::sync::atomic::{
    AtomicU32,
    Ordering::{Acquire, Relaxed, Release},
};

#[derive(Default)]
pub struct Board {
    numbers: [AtomicU32; 3],
}

impl Board {
    pub fn fill(&self, find: impl Fn(usize) -> u32) {
        for (place, number) in self.numbers.iter().enumerate() {
            number.store(find(place), Release);
        }
    }

    pub fn read(&self) -> Option<[u32; 3]> {
        if self.numbers[2].load(Acquire) == 0 {
            return None;
        }
        Some(self.numbers.each_ref().map(|number| number.load(Relaxed)))
    }
}
