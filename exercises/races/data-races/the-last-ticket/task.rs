//! A box office with several counters. `sell` has the customer pay, if there is a ticket
//! left, and tells whether one was sold. Paying takes a while, during which the other
//! counters go on selling, and it may fail.
//!
//! "It is an atomic, and there is no data race anywhere. Last night we sold two more
//! tickets than we had seats, and the display showed four billion left."

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
        if self.left.load(Relaxed) > 0 && pay() {
            self.left.fetch_sub(1, Relaxed);
            return true;
        }
        false
    }
}
