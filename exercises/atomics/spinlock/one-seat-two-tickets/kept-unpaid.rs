//! The seat is taken first, and nobody gives it back.

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
        !self.taken.swap(true, SeqCst) && pay()
    }
}
