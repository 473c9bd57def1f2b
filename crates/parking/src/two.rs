//! A mutex of two states: who unlocks asks each time whether anybody sleeps.

use super::place::Place;
use crate::cell::UnsafeCell;
use crate::sync::atomic::AtomicU32;
use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

// ANCHOR: mutex
/// A value behind a lock at which one sleeps.
pub struct Mutex<T> {
    state: AtomicU32,
    place: Place,
    value: UnsafeCell<T>,
}

const FREE: u32 = 0;
const TAKEN: u32 = 1;

// SAFETY: `lock` makes a guard after it has turned the state from `FREE` to
// something else, and only the guard's end turns it back. So threads have
// guards one after the other, and pass the value on: `T: Send`.
unsafe impl<T: Send> Sync for Mutex<T> {}

impl<T> Mutex<T> {
    /// Puts `value` behind a lock that nobody has.
    pub fn new(value: T) -> Mutex<T> {
        Mutex {
            state: AtomicU32::new(FREE),
            place: Place::new(),
            value: UnsafeCell::new(value),
        }
    }

    // ANCHOR: lock
    /// Waits, asleep, until nobody has the lock, and makes a guard.
    pub fn lock(&self) -> MutexGuard<'_, T> {
        // Acquire, to see all that the last holder did before its Release.
        // Relaxed: a failure has told us nothing that we use.
        while self
            .state
            .compare_exchange(FREE, TAKEN, Acquire, Relaxed)
            .is_err()
        {
            self.place.wait(&self.state, TAKEN);
        }
        MutexGuard {
            mutex: self,
            not_send: PhantomData,
        }
    }

    fn unlock(&self) {
        // Release, to show the next holder all that we did.
        self.state.store(FREE, Release);
        self.place.wake_one();
    }
    // ANCHOR_END: lock
}

/// The right to the value. Its end unlocks.
#[must_use = "a guard that is dropped at once guards nothing"]
pub struct MutexGuard<'a, T> {
    mutex: &'a Mutex<T>,
    // Neither `Send` nor `Sync`, as the standard library's guard isn't `Send`,
    // and so that it is `Sync` by our word alone.
    not_send: PhantomData<*mut T>,
}

// SAFETY: a shared guard lends out `&T` alone.
unsafe impl<T: Sync> Sync for MutexGuard<'_, T> {}

impl<T> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: this is the only guard (see `Mutex`'s `Sync`), and it is
        // borrowed as long as the reference lives.
        unsafe { &*self.mutex.value.get() }
    }
}

impl<T> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as above, and borrowed mutably: no other reference lives.
        unsafe { &mut *self.mutex.value.get() }
    }
}

impl<T> Drop for MutexGuard<'_, T> {
    fn drop(&mut self) {
        self.mutex.unlock();
    }
}
// ANCHOR_END: mutex

// A place for the book to include this file at, with every line hidden.
// ANCHOR: hidden
// ANCHOR_END: hidden
