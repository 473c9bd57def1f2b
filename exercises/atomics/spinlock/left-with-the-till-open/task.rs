//! A till that one clerk at a time may open. `change` works out what is to be in it
//! from what is. If that goes wrong, the till is closed and holds what it held.
//!
//! "I open it with `Acquire`, I close it with `Release`, just as a lock should be.
//! It works for hours. Then one customer's money is counted wrong, and from then on
//! every clerk is told that somebody else is at the till."

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

    /// Says what is in it now; or why not, if it is open or the change goes wrong.
    pub fn change(&self, work_out: impl FnOnce(u64) -> Result<u64, String>) -> Result<u64, String> {
        if self.open.swap(true, Acquire) {
            return Err("somebody is at the till".to_owned());
        }
        let cents = work_out(self.cents.load(Relaxed))?;
        self.cents.store(cents, Relaxed);
        self.open.store(false, Release);
        Ok(cents)
    }
}
