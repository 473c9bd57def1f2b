//! Who was too late begins again, from what is there now.

use std::sync::atomic::{AtomicU64, Ordering::SeqCst};

pub struct Number {
    value: AtomicU64,
}

impl Number {
    pub fn new(value: u64) -> Number {
        Number {
            value: AtomicU64::new(value),
        }
    }

    pub fn get(&self) -> u64 {
        self.value.load(SeqCst)
    }

    pub fn update(&self, next: impl Fn(u64) -> u64) {
        let mut seen = self.value.load(SeqCst);
        while let Err(now) = self
            .value
            .compare_exchange(seen, next(seen), SeqCst, SeqCst)
        {
            seen = now;
        }
    }
}
