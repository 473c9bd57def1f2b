//! Lowers the flag before each of the two returns.

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
        mine.lower();
        return None;
    }
    let done = inside();
    mine.lower();
    Some(done)
}
