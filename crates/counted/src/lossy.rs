//! Stage 1, and wrong: owners counted by a load and a store.
//!
//! There is no value here, so that a wrong count harms nobody. With one, each
//! wrong count would be a value destroyed twice, or under its readers' eyes, or
//! never. `tests/loom.rs` finds the schedules.

use crate::sync::atomic::AtomicUsize;
use crate::sync::atomic::Ordering::SeqCst;

// ANCHOR: owners
/// How many owners a value has.
pub struct Owners {
    count: AtomicUsize,
}

impl Owners {
    /// A value starts with one owner.
    pub fn one() -> Owners {
        Owners {
            count: AtomicUsize::new(1),
        }
    }

    /// Counts an owner that came.
    pub fn come(&self) {
        let count = self.count.load(SeqCst);
        // Here another thread may count too, and from the same number. No
        // ordering helps: SeqCst is the strongest.
        self.count.store(count.wrapping_add(1), SeqCst);
    }

    /// Counts an owner that goes, and tells it whether it was the last.
    pub fn go(&self) -> bool {
        let count = self.count.load(SeqCst);
        self.count.store(count.wrapping_sub(1), SeqCst);
        count == 1
    }
}
// ANCHOR_END: owners

// A place for the book to include this file at, with every line hidden.
// ANCHOR: hidden
// ANCHOR_END: hidden
