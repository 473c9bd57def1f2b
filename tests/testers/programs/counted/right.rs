//! Owners of one value, counted by hand; the last one knows that all others are done.

use std::sync::atomic::{
    AtomicUsize,
    Ordering::{Acquire, Release},
    fence,
};
use std::thread;

struct Inner {
    owners: AtomicUsize,
    value: [u32; 2],
}

struct Owner(*mut Inner);

// SAFETY: the value is only read, and the last owner is told that all others are done.
unsafe impl Send for Owner {}

impl Owner {
    fn sum(&self) -> u32 {
        // SAFETY: it is freed when no owner is left, and this is one.
        let inner = unsafe { &*self.0 };
        inner.value[0] + inner.value[1]
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        // SAFETY: as above.
        if unsafe { &*self.0 }.owners.fetch_sub(1, Release) == 1 {
            fence(Acquire);
            // SAFETY: from a box, and of all owners this was the last.
            drop(unsafe { Box::from_raw(self.0) });
        }
    }
}

pub fn main() {
    let inner = Box::into_raw(Box::new(Inner {
        owners: AtomicUsize::new(2),
        value: [20, 22],
    }));
    let (mine, theirs) = (Owner(inner), Owner(inner));
    let other = thread::spawn(move || {
        let theirs = theirs;
        theirs.sum()
    });
    assert_eq!(mine.sum(), 42);
    drop(mine);
    assert_eq!(other.join().unwrap(), 42);
}
