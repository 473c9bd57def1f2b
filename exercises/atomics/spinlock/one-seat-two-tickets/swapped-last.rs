//! The last step asks again, and so the second payer has paid for nothing.

use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

pub struct Seat {
    taken: AtomicBool,
}

impl Seat {
    pub fn new() -> Seat {
        Seat {
            taken: AtomicBool::new(false),
        }
    }

    pub fn book(&self, pay: impl FnOnce() -> bool) -> bool {
        if self.taken.load(SeqCst) {
            return false;
        }
        pay() && !self.taken.swap(true, SeqCst)
    }
}
