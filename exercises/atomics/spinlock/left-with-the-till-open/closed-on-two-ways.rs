//! There are more ways out than those that one can see.

use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use std::sync::atomic::{AtomicBool, AtomicU64};

pub struct Till {
    open: AtomicBool,
    cents: AtomicU64,
}

impl Till {
    pub fn new() -> Till {
        Till {
            open: AtomicBool::new(false),
            cents: AtomicU64::new(0),
        }
    }

    pub fn change(&self, work_out: impl FnOnce(u64) -> Result<u64, String>) -> Result<u64, String> {
        if self.open.swap(true, Acquire) {
            return Err("somebody is at the till".to_owned());
        }
        let result = work_out(self.cents.load(Relaxed));
        if let Ok(cents) = result {
            self.cents.store(cents, Relaxed);
        }
        self.open.store(false, Release);
        result
    }
}
