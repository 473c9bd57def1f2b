//! Stage 3: a guard borrows the lock, lends the value and unlocks.

use crate::cell::UnsafeCell;
use crate::sync::atomic::AtomicBool;
use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

// ANCHOR: spinlock
/// A value, and whether somebody has it.
pub struct SpinLock<T> {
    locked: AtomicBool,
    value: UnsafeCell<T>,
}

// SAFETY: `lock` makes a guard after it has turned the flag from down to up,
// and only the guard's end puts it down. So threads have guards one after the
// other, and pass the value on, which is what `T: Send` allows.
unsafe impl<T: Send> Sync for SpinLock<T> {}

impl<T> SpinLock<T> {
    /// Puts `value` behind a flag that is down.
    pub fn new(value: T) -> SpinLock<T> {
        SpinLock {
            locked: AtomicBool::new(false),
            value: UnsafeCell::new(value),
        }
    }

    // ANCHOR: lock
    /// Waits, awake, until the flag is down, puts it up and makes a guard.
    pub fn lock(&self) -> SpinGuard<'_, T> {
        // Acquire, to see all that the last holder did before its Release.
        while self
            .locked
            .compare_exchange_weak(false, true, Acquire, Relaxed)
            .is_err()
        {}
        SpinGuard {
            lock: self,
            not_send: PhantomData,
        }
    }
    // ANCHOR_END: lock
}

// ANCHOR: guard
/// The right to the value. Its end puts the flag down.
#[must_use = "a guard that is dropped at once guards nothing"]
pub struct SpinGuard<'a, T> {
    lock: &'a SpinLock<T>,
    // Neither `Send` nor `Sync`, so that the guard is `Sync` by our word alone.
    // It could be `Send`, since this lock minds not who unlocks it; the standard
    // library's can't, and what compiles with this lock is to compile with it.
    not_send: PhantomData<*mut T>,
}

// SAFETY: a shared guard lends out `&T` alone.
unsafe impl<T: Sync> Sync for SpinGuard<'_, T> {}

impl<T> Deref for SpinGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: this is the only guard (see `SpinLock`'s `Sync`), and it is
        // borrowed as long as the reference lives.
        unsafe { &*self.lock.value.get() }
    }
}

impl<T> DerefMut for SpinGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as above, and borrowed mutably: no other reference lives.
        unsafe { &mut *self.lock.value.get() }
    }
}

impl<T> Drop for SpinGuard<'_, T> {
    fn drop(&mut self) {
        // Release, to show the next holder all that we did.
        self.lock.locked.store(false, Release);
    }
}
// ANCHOR_END: guard
// ANCHOR_END: spinlock

// A place for the book to include this file at, with every line hidden.
// ANCHOR: hidden
// ANCHOR_END: hidden
