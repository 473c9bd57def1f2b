//! A seat that several threads try to book. Whoever books is asked to pay, and has
//! the seat if they do. Who doesn't get the seat isn't asked, and a seat that wasn't
//! paid for is free again. Nobody waits for somebody else's money.
//!
//! "I look whether the seat is free, I take the money, I take the seat. Each step is
//! atomic, and even `SeqCst`. And now two people stand before me with a ticket each,
//! for the same seat."

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

    /// `pay` says whether the money came. It may take long, and meanwhile others
    /// may try to book: they are told at once whether they have the seat.
    pub fn book(&self, pay: impl FnOnce() -> bool) -> bool {
        if self.taken.load(SeqCst) {
            return false;
        }
        if !pay() {
            return false;
        }
        self.taken.store(true, SeqCst);
        true
    }
}
