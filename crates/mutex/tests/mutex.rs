//! What the lock and the mutex promise when they run.

use mutex::{access, acquire, lock, mutex, raw_lock, release};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::sync::{Arc, Barrier};
use std::thread;

#[test]
fn what_is_written_under_one_guard_is_read_under_the_next() {
    let number = mutex(1);
    *access(&mut lock(&number)) = 2;
    assert_eq!(*access(&mut lock(&number)), 2);
}

#[test]
fn a_guard_unlocks_where_its_scope_ends() {
    let number = mutex(1);
    {
        let mut guard = lock(&number);
        *access(&mut guard) += 1;
    }
    let guard = lock(&number); // would wait for ever
    assert_eq!(format!("{guard:?}"), "2");
}

#[test]
fn a_thread_waits_until_the_holder_is_done() {
    let log = mutex(Vec::new());
    let (started, has_started) = mpsc::channel();
    thread::scope(|s| {
        let mut guard = lock(&log);
        s.spawn(|| {
            started.send(()).unwrap();
            access(&mut lock(&log)).push("the other");
        });
        has_started.recv().unwrap();
        access(&mut guard).push("the holder");
    });
    assert_eq!(*access(&mut lock(&log)), ["the holder", "the other"]);
}

#[test]
fn a_raw_lock_may_be_released_by_another_thread_than_acquired_it() {
    let raw = raw_lock();
    acquire(&raw);
    thread::scope(|s| {
        s.spawn(|| release(&raw));
        acquire(&raw);
    });
    release(&raw);
}

#[test]
fn a_panic_while_holding_unlocks_and_leaves_the_value_half_done() {
    let pair = mutex((0, 0));
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        let mut guard = lock(&pair);
        access(&mut guard).0 = 1;
        panic!("as planned, between the two writes");
    }));
    assert!(panicked.is_err());
    assert_eq!(*access(&mut lock(&pair)), (1, 0));
}

#[test]
fn the_value_is_dropped_once_with_its_mutex() {
    let witness = Arc::new(());
    let shared = mutex(witness.clone());
    drop(lock(&shared));
    assert_eq!(Arc::strong_count(&witness), 2);
    drop(shared);
    assert_eq!(Arc::strong_count(&witness), 1);
}

#[test]
fn no_update_is_lost_and_none_is_seen_half_done() {
    const THREADS: usize = 4;
    const EACH: usize = 5_000;

    let pair = mutex((0, 0));
    let start = Barrier::new(THREADS);
    thread::scope(|s| {
        for _ in 0..THREADS {
            s.spawn(|| {
                start.wait();
                for _ in 0..EACH {
                    let mut guard = lock(&pair);
                    let (left, right) = access(&mut guard);
                    assert_eq!(left, right);
                    *left += 1;
                    *right += 1;
                }
            });
        }
    });
    assert_eq!(*access(&mut lock(&pair)), (THREADS * EACH, THREADS * EACH));
}
