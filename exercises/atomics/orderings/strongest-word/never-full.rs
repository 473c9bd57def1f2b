//! Puts without a look.

use std::sync::atomic::{
    AtomicBool, AtomicU64,
    Ordering::{Acquire, Relaxed, Release},
};

#[derive(Default)]
pub struct Slot {
    full: AtomicBool,
    number: AtomicU64,
}

impl Slot {
    pub fn put(&self, number: u64) -> bool {
        self.number.store(number, Relaxed);
        self.full.store(true, Release);
        true
    }

    pub fn take(&self) -> Option<u64> {
        if !self.full.load(Acquire) {
            return None;
        }
        let number = self.number.load(Relaxed);
        self.full.store(false, Release);
        Some(number)
    }
}
