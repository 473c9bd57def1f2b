//! A guard lowers the flag, and a panic inside is a visit that did nothing.

use std::panic::{AssertUnwindSafe, catch_unwind};
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
    let done = match theirs.is_up() {
        true => None,
        false => catch_unwind(AssertUnwindSafe(inside)).ok(),
    };
    mine.lower();
    done
}
