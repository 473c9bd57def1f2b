//! A guard lowers the flag, whichever way the visit ends.

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

struct Raised<'a, F: Flag>(&'a F);

impl<'a, F: Flag> Raised<'a, F> {
    fn new(flag: &'a F) -> Self {
        flag.raise();
        Raised(flag)
    }
}

impl<F: Flag> Drop for Raised<'_, F> {
    fn drop(&mut self) {
        self.0.lower();
    }
}

pub fn visit<R>(mine: &impl Flag, theirs: &impl Flag, inside: impl FnOnce() -> R) -> Option<R> {
    let _raised = Raised::new(mine);
    (!theirs.is_up()).then(inside)
}
