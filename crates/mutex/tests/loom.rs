//! The mutex's own source, run by loom under every schedule.
//!
//! Loom fails a test in which nobody can go on, such as after a lost wake-up,
//! and one in which two threads get at a cell with nothing between them that
//! orders one access before the other.

#[path = "../src/mutex.rs"]
mod mutex;

use crate::mutex::{Mutex, access, acquire, lock, mutex, raw_lock, release};
use loom_std::sync::Arc;
// The source's `use` lines name the first two.
use loom_std::{cell, sync, thread};

/// Lets `threads` threads and the main one add 1 each, under every schedule.
fn everybody_adds_one(threads: usize) {
    loom::model(move || {
        let count: Arc<Mutex<usize>> = Arc::new(mutex(0));
        let mut guard = lock(&count);
        let adders: Vec<_> = (0..threads)
            .map(|_| {
                let count = count.clone();
                thread::spawn(move || *access(&mut lock(&count)) += 1)
            })
            .collect();
        *access(&mut guard) += 1;
        drop(guard);
        for adder in adders {
            adder.join().unwrap();
        }
        let guard = lock(&count);
        assert_eq!(format!("{guard:?}"), (threads + 1).to_string());
    });
}

#[test]
fn two_threads_exclude_each_other() {
    everybody_adds_one(1);
}

#[test]
fn two_threads_that_wait_for_a_third_each_get_their_turn() {
    everybody_adds_one(2);
}

/// What keeps others out is that all use *one* lock, and a raw lock can't see
/// to that. It is also the proof that this file's other tests can fail.
#[test]
#[should_panic = "Causality violation"]
fn two_raw_locks_beside_one_value_guard_nothing() {
    struct Shared(cell::UnsafeCell<i32>);
    // SAFETY: loom runs one thread at a time, so no two accesses really meet; it
    // reports that they could.
    unsafe impl Sync for Shared {}

    loom::model(|| {
        let value = Arc::new(Shared(cell::UnsafeCell::new(0)));
        let add_one = |value: Arc<Shared>| {
            let lock_of_my_own = raw_lock();
            acquire(&lock_of_my_own);
            value.0.get();
            release(&lock_of_my_own);
        };
        let other = thread::spawn({
            let value = value.clone();
            move || add_one(value)
        });
        add_one(value);
        other.join().unwrap();
    });
}
