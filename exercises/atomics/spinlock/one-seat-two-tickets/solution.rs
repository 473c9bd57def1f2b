//! The seat is taken in the step that looks at it, and given back if need be.

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
        if self.taken.swap(true, SeqCst) {
            return false;
        }
        let paid = pay();
        if !paid {
            self.taken.store(false, SeqCst);
        }
        paid
    }
}
