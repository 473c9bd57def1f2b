//! What every stage promises when it runs.

use spinlock::{compare_exchange, guard, spin, swap, yielding};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::sync::{Arc, Barrier};
use std::thread;

/// The tests of a stage that has a guard.
macro_rules! with_guard {
    ($($name:ident: $stage:ident),*) => {$(
        mod $name {
            use super::*;

            #[test]
            fn what_is_written_under_one_guard_is_read_under_the_next() {
                let number = $stage::SpinLock::new(1);
                *number.lock() = 2;
                assert_eq!(*number.lock(), 2);
            }

            #[test]
            fn a_thread_waits_until_the_holder_is_done() {
                let log = $stage::SpinLock::new(Vec::new());
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
                let pair = $stage::SpinLock::new((0, 0));
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
                let cell = $stage::SpinLock::new(Cell::new(1));
                thread::scope(|s| {
                    s.spawn(|| cell.lock().set(2));
                });
                assert_eq!(cell.lock().get(), 2);
            }

            #[test]
            fn the_value_is_dropped_once_with_its_lock() {
                let witness = Arc::new(());
                let shared = $stage::SpinLock::new(witness.clone());
                drop(shared.lock());
                assert_eq!(Arc::strong_count(&witness), 2);
                drop(shared);
                assert_eq!(Arc::strong_count(&witness), 1);
            }

            #[test]
            fn no_update_is_lost_and_none_is_seen_half_done() {
                let pair = $stage::SpinLock::new((0, 0));
                everybody_adds_to_both(|| add_to_both(&mut pair.lock()));
                assert_eq!(*pair.lock(), (THREADS * EACH, THREADS * EACH));
            }
        }
    )*};
}

with_guard!(stage_3: guard, stage_4: spin, stage_5: yielding);

/// The tests of a stage that is unlocked by a promise.
macro_rules! without_guard {
    ($($name:ident: $stage:ident),*) => {$(
        mod $name {
            use super::*;

            #[test]
            fn what_is_written_under_one_lock_is_read_under_the_next() {
                let number = $stage::SpinLock::new(1);
                *number.lock() = 2;
                // SAFETY: it was locked above, and the loan is over.
                unsafe { number.unlock() };
                assert_eq!(*number.lock(), 2);
            }

            #[test]
            fn no_update_is_lost_and_none_is_seen_half_done() {
                let pair = $stage::SpinLock::new((0, 0));
                everybody_adds_to_both(|| {
                    add_to_both(pair.lock());
                    // SAFETY: it was locked above, and the loan is over.
                    unsafe { pair.unlock() };
                });
                assert_eq!(*pair.lock(), (THREADS * EACH, THREADS * EACH));
            }
        }
    )*};
}

without_guard!(stage_1: swap, stage_2: compare_exchange);

const THREADS: usize = 4;
const EACH: usize = 2_000;

fn everybody_adds_to_both(add: impl Fn() + Sync) {
    let start = Barrier::new(THREADS);
    thread::scope(|s| {
        for _ in 0..THREADS {
            s.spawn(|| {
                start.wait();
                (0..EACH).for_each(|_| add());
            });
        }
    });
}

fn add_to_both((left, right): &mut (usize, usize)) {
    assert_eq!(left, right);
    *left += 1;
    *right += 1;
}
