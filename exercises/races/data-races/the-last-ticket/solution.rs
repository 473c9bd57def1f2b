//! The ticket is put aside before the customer pays: it is looked for and taken in one
//! step. Who doesn't pay gives it back.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

pub struct Tickets {
    left: AtomicU32,
}

impl Tickets {
    pub fn new(left: u32) -> Tickets {
        Tickets { left: left.into() }
    }

    pub fn left(&self) -> u32 {
        self.left.load(Relaxed)
    }

    pub fn sell(&self, pay: impl FnOnce() -> bool) -> bool {
        let mut seen = self.left.load(Relaxed);
        loop {
            if seen == 0 {
                return false;
            }
            match self.left.compare_exchange(seen, seen - 1, Relaxed, Relaxed) {
                Ok(_) => break,
                Err(now) => seen = now,
            }
        }
        let paid = pay();
        if !paid {
            self.left.fetch_add(1, Relaxed);
        }
        paid
    }
}
