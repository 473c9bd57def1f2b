//! What both mutexes, and the place they sleep at, promise when they run.

use parking::{Place, three, two};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Barrier, mpsc};
use std::thread;

macro_rules! stages {
    ($($name:ident: $stage:ident),* $(,)?) => {$(
        mod $name {
            use super::*;
            use $stage::Mutex;

            #[test]
            fn what_is_written_under_one_guard_is_read_under_the_next() {
                let number = Mutex::new(1);
                *number.lock() = 2;
                assert_eq!(*number.lock(), 2);
            }

            #[test]
            fn a_thread_waits_until_the_holder_is_done() {
                let log = Mutex::new(Vec::new());
                let (started, has_started) = mpsc::channel();
                thread::scope(|s| {
                    let mut guard = log.lock();
                    s.spawn(|| {
                        started.send(()).unwrap();
                        log.lock().push("the other");
                    });
                    has_started.recv().unwrap();
                    guard.push("the holder");
                });
                assert_eq!(*log.lock(), ["the holder", "the other"]);
            }

            #[test]
            fn a_panic_while_holding_unlocks_and_leaves_the_value_half_done() {
                let pair = Mutex::new((0, 0));
                let panicked = catch_unwind(AssertUnwindSafe(|| {
                    let mut guard = pair.lock();
                    guard.0 = 1;
                    panic!("as planned, between the two writes");
                }));
                assert!(panicked.is_err());
                assert_eq!(*pair.lock(), (1, 0));
            }

            #[test]
            fn a_value_that_can_move_but_not_be_shared_may_be_locked() {
                let cell = Mutex::new(Cell::new(1));
                thread::scope(|s| {
                    s.spawn(|| cell.lock().set(2));
                });
                assert_eq!(cell.lock().get(), 2);
            }

            #[test]
            fn the_value_is_dropped_once_with_its_lock() {
                let witness = Arc::new(());
                let shared = Mutex::new(witness.clone());
                drop(shared.lock());
                assert_eq!(Arc::strong_count(&witness), 2);
                drop(shared);
                assert_eq!(Arc::strong_count(&witness), 1);
            }

            #[test]
            fn no_update_is_lost_and_none_is_seen_half_done() {
                const THREADS: usize = 4;
                const EACH: usize = 5_000;

                let pair = Mutex::new((0, 0));
                let start = Barrier::new(THREADS);
                thread::scope(|s| {
                    for _ in 0..THREADS {
                        s.spawn(|| {
                            start.wait();
                            for _ in 0..EACH {
                                let mut guard = pair.lock();
                                assert_eq!(guard.0, guard.1);
                                guard.0 += 1;
                                guard.1 += 1;
                            }
                        });
                    }
                });
                assert_eq!(*pair.lock(), (THREADS * EACH, THREADS * EACH));
            }
        }
    )*};
}

stages! {
    stage_1: two,
    stage_2: three,
}

#[test]
fn nobody_sleeps_for_a_word_that_has_changed() {
    Place::new().wait(&AtomicU32::new(1), 0); // would sleep for ever
}

#[test]
fn to_wake_where_nobody_sleeps_is_no_fault() {
    Place::new().wake_one();
}

#[test]
fn who_sleeps_is_woken_and_each_only_once() {
    const SLEEPERS: usize = 3;

    let (place, word) = (Place::new(), AtomicU32::new(0));
    let (woke, has_woken) = mpsc::channel();
    thread::scope(|s| {
        for _ in 0..SLEEPERS {
            s.spawn(|| {
                place.wait(&word, 0);
                woke.send(()).unwrap();
            });
        }
        // Some may sleep already, the others will see the change.
        word.store(1, Relaxed);
        for _ in 0..SLEEPERS {
            place.wake_one();
        }
        for _ in 0..SLEEPERS {
            has_woken.recv().unwrap();
        }
    });
    assert!(has_woken.try_recv().is_err());
}
