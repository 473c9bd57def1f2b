//! A lock that waits awake, and hands over what was done under it.

use std::cell::UnsafeCell;
use std::sync::Arc;
use std::sync::atomic::{
    AtomicBool,
    Ordering::{Acquire, Relaxed, Release},
};
use std::thread;

struct SpinLock {
    taken: AtomicBool,
    number: UnsafeCell<u32>,
}

// SAFETY: one thread at a time has the lock, and is told what the one before did.
unsafe impl Sync for SpinLock {}

impl SpinLock {
    fn increment(&self) {
        let free_to_taken = || self.taken.compare_exchange(false, true, Acquire, Relaxed);
        while free_to_taken().is_err() {
            thread::yield_now();
        }
        // SAFETY: the lock is taken, by this thread.
        unsafe { *self.number.get() += 1 };
        self.taken.store(false, Release);
    }
}

pub fn main() {
    let lock = Arc::new(SpinLock {
        taken: AtomicBool::new(false),
        number: UnsafeCell::new(0),
    });
    let other = {
        let lock = lock.clone();
        thread::spawn(move || lock.increment())
    };
    lock.increment();
    other.join().unwrap();
    // SAFETY: the other thread has ended.
    assert_eq!(unsafe { *lock.number.get() }, 2);
}
