//! A lock that protects nothing, and the mutex that ownership makes of it.

use crate::cell::UnsafeCell;
use crate::sync::{Condvar, Mutex as Flag};
use std::fmt;
use std::marker::PhantomData;

// ANCHOR: raw_lock
/// A lock as C knows it: it keeps out whoever asks, and guards nothing.
pub struct RawLock {
    held: Flag<bool>,
    released: Condvar,
}

/// Makes a lock that nobody holds.
pub fn raw_lock() -> RawLock {
    RawLock {
        held: Flag::new(false),
        released: Condvar::new(),
    }
}

/// Waits, asleep, until nobody holds the lock, and takes it.
pub fn acquire(lock: &RawLock) {
    let mut held = lock.held.lock().unwrap();
    while *held {
        held = lock.released.wait(held).unwrap();
    }
    *held = true;
}

/// Lets the next one in, whether or not it was you who held the lock.
pub fn release(lock: &RawLock) {
    *lock.held.lock().unwrap() = false;
    lock.released.notify_one();
}
// ANCHOR_END: raw_lock

// Why `unwrap`: nobody's code but the six lines above runs while `held` is
// locked, and none of them panics, so it is never poisoned.

// ANCHOR: mutex
/// A value behind its lock.
pub struct Mutex<T> {
    lock: RawLock,
    value: UnsafeCell<T>,
}

// SAFETY: from a shared mutex a thread gets at the value through a guard alone.
// `lock` makes a guard only after `acquire`, and only the guard's end releases,
// so there is one guard at a time: threads pass the value on, which is what
// `T: Send` allows. (What of two threads that share one guard? See its `Sync`.)
unsafe impl<T: Send> Sync for Mutex<T> {}

/// Puts `value` behind a lock.
pub fn mutex<T>(value: T) -> Mutex<T> {
    Mutex {
        lock: raw_lock(),
        value: UnsafeCell::new(value),
    }
}

/// Waits, asleep, until no other guard exists, and makes one.
///
/// A thread that has a guard already waits for itself, for ever.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    acquire(&mutex.lock);
    MutexGuard {
        mutex,
        not_send: PhantomData,
    }
}
// ANCHOR_END: mutex

// ANCHOR: guard
/// The right to the value behind a lock. Its end unlocks.
#[must_use = "a guard that is dropped at once guards nothing"]
pub struct MutexGuard<'a, T> {
    mutex: &'a Mutex<T>,
    // A raw pointer is neither `Send` nor `Sync`, so this guard is neither ...
    not_send: PhantomData<*mut T>,
}

// SAFETY: ... until we say when it is `Sync`. Who shares a guard can read the
// value through it (`Debug`, below), from two threads at once: `T: Sync`.
unsafe impl<T: Sync> Sync for MutexGuard<'_, T> {}

/// Borrows the value from the guard.
pub fn access<'a, T>(guard: &'a mut MutexGuard<'_, T>) -> &'a mut T {
    // SAFETY: this is the only guard (see `Mutex`), and it is borrowed mutably
    // for as long as the reference lives, so no other reference exists.
    unsafe { &mut *guard.mutex.value.get() }
}

impl<T> Drop for MutexGuard<'_, T> {
    fn drop(&mut self) {
        release(&self.mutex.lock);
    }
}
// ANCHOR_END: guard

impl<T: fmt::Debug> fmt::Debug for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // SAFETY: this is the only guard, and it is borrowed: whoever else has
        // a reference to the value has a shared one, by way of this guard.
        unsafe { &*self.mutex.value.get() }.fmt(f)
    }
}

// A place for the book to include this file at, with every line hidden.
// ANCHOR: hidden
// ANCHOR_END: hidden
