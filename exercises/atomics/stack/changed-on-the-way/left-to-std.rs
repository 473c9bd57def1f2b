//! The standard library has that loop.

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
        let _ = self
            .value
            .fetch_update(SeqCst, SeqCst, |value| Some(next(value)));
    }
}
