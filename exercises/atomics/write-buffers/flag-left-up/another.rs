//! One place where the flag is lowered, and a panic comes by it too.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
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
        true => Ok(None),
        // The flag is all that is used after a panic, and it is lowered.
        false => catch_unwind(AssertUnwindSafe(|| Some(inside()))),
    };
    mine.lower();
    done.unwrap_or_else(|panic| resume_unwind(panic))
}
