//! Stage 1: one flag, and a swap that only one thread wins.

use crate::cell::UnsafeCell;
use crate::sync::atomic::AtomicBool;
use crate::sync::atomic::Ordering::{Acquire, Release};

// ANCHOR: spinlock
/// A value, and whether somebody has it.
pub struct SpinLock<T> {
    locked: AtomicBool,
    value: UnsafeCell<T>,
}

// SAFETY: `lock` lends the value out after it has turned the flag from down to
// up, and whoever calls `unlock` has promised that the loan is over. So threads
// have the value one after the other, which is what `T: Send` allows.
unsafe impl<T: Send> Sync for SpinLock<T> {}

impl<T> SpinLock<T> {
    /// Puts `value` behind a flag that is down.
    pub fn new(value: T) -> SpinLock<T> {
        SpinLock {
            locked: AtomicBool::new(false),
            value: UnsafeCell::new(value),
        }
    }

    /// Waits, awake, until the flag is down, puts it up and lends the value out.
    #[expect(clippy::mut_from_ref, reason = "the flag sees to it that it is alone")]
    pub fn lock(&self) -> &mut T {
        // Acquire, to see all that the last holder did before its Release.
        while self.locked.swap(true, Acquire) {}
        // SAFETY: the flag was down, so the last loan is over (see `Sync`).
        unsafe { &mut *self.value.get() }
    }

    /// Puts the flag down.
    ///
    /// # Safety
    ///
    /// You have the lock, and won't use the reference that `lock` gave you.
    pub unsafe fn unlock(&self) {
        // Release, to show the next holder all that we did.
        self.locked.store(false, Release);
    }
}
// ANCHOR_END: spinlock

// A place for the book to include this file at, with every line hidden.
// ANCHOR: hidden
// ANCHOR_END: hidden
