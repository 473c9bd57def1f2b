//! Two threads, each with a flag. `visit` raises mine, and does what is to be done inside,
//! unless the other one's is up. What it did comes back, or `None`.
//! The check comes in between any two operations on the flags, as another thread may; so
//! `Flag` and `visit` must stay, and it is by `Flag` that you have to go.
//!
//! "It works for hours. Then both come at the same time, both turn back, as they should,
//! and after that nobody ever gets in again."

use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

pub trait Flag {
    fn raise(&self);
    fn lower(&self);
    fn is_up(&self) -> bool;
}

impl Flag for AtomicBool {
    fn raise(&self) {
        self.store(true, SeqCst);
    }

    fn lower(&self) {
        self.store(false, SeqCst);
    }

    fn is_up(&self) -> bool {
        self.load(SeqCst)
    }
}

pub fn visit<R>(mine: &impl Flag, theirs: &impl Flag, inside: impl FnOnce() -> R) -> Option<R> {
    mine.raise();
    if theirs.is_up() {
        return None;
    }
    let done = inside();
    mine.lower();
    Some(done)
}
