//! A guard closes the till, whichever way it is left.

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
        let _open = Open(&self.open);
        let cents = work_out(self.cents.load(Relaxed))?;
        self.cents.store(cents, Relaxed);
        Ok(cents)
    }
}

/// Somebody is at the till. Its end closes it.
struct Open<'a>(&'a AtomicBool);

impl Drop for Open<'_> {
    fn drop(&mut self) {
        self.0.store(false, Release);
    }
}
