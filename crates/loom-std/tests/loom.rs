//! What loom does by itself, and what it does here.

use loom_std::sync::Arc;
use loom_std::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use loom_std::thread::{self, spawn, yield_now};
use std::collections::BTreeSet;
use std::sync::Mutex;

/// What the main thread may read while the other one reads and then writes.
macro_rules! seen_while_another_reads_and_writes {
    ($atomic:ty) => {{
        let seen = std::sync::Arc::new(Mutex::new(BTreeSet::new()));
        let all = seen.clone();
        loom::model(move || {
            let number = Arc::new(<$atomic>::new(0));
            let other = spawn({
                let number = number.clone();
                move || number.store(number.load(Relaxed) + 1, Relaxed)
            });
            seen.lock().unwrap().insert(number.load(Relaxed));
            other.join().unwrap();
        });
        let all = all.lock().unwrap();
        all.iter().copied().collect::<Vec<_>>()
    }};
}

/// If this fails, loom has been mended, and `Turn` can go.
#[test]
fn loom_alone_overlooks_that_the_write_may_come_first() {
    let seen = seen_while_another_reads_and_writes!(loom::sync::atomic::AtomicUsize);
    assert_eq!(seen, [0]);
}

#[test]
fn here_the_write_may_come_first() {
    let seen = seen_while_another_reads_and_writes!(loom_std::sync::atomic::AtomicUsize);
    assert_eq!(seen, [0, 1]);
}

/// What two words may be read as, written with a release fence between them or
/// without, and read with an acquire fence between them.
fn words(fenced: bool) -> Vec<(u32, u32)> {
    use loom_std::sync::atomic::{AtomicU32, fence};

    let seen = std::sync::Arc::new(Mutex::new(BTreeSet::new()));
    let all = seen.clone();
    loom::model(move || {
        let words = Arc::new((AtomicU32::new(0), AtomicU32::new(0)));
        let other = spawn({
            let words = words.clone();
            move || {
                fence(Release); // orders nothing that is written below it
                words.0.store(1, Relaxed);
                if fenced {
                    fence(Release);
                }
                words.1.store(1, Relaxed);
            }
        });
        let second = words.1.load(Relaxed);
        fence(Acquire);
        let first = words.0.load(Relaxed);
        seen.lock().unwrap().insert((first, second));
        other.join().unwrap();
    });
    let all = all.lock().unwrap();
    all.iter().copied().collect()
}

#[test]
fn to_take_turns_orders_nothing_even_where_there_are_fences() {
    assert_eq!(words(false), [(0, 0), (0, 1), (1, 0), (1, 1)]);
    assert_eq!(words(true), [(0, 0), (1, 0), (1, 1)]);
}

/// Leaves an atomic behind another thread's back: that thread has done with it,
/// as is said with `order`.
fn end_after_last_access(order: loom::sync::atomic::Ordering) {
    use loom_std::sync::atomic::{AtomicBool, AtomicUsize};

    loom::model(move || {
        let number: &'static AtomicUsize = Box::leak(Box::new(AtomicUsize::new(0)));
        let done = Arc::new(AtomicBool::new(false));
        let other = spawn({
            let done = done.clone();
            move || {
                number.store(1, Relaxed);
                done.store(true, order);
            }
        });
        while !done.load(Acquire) {
            yield_now();
        }
        // SAFETY: leaked above, and the other thread has said that it is done.
        drop(unsafe { Box::from_raw(std::ptr::from_ref(number).cast_mut()) });
        other.join().unwrap();
    });
}

#[test]
fn an_atomic_may_end_after_all_accesses() {
    end_after_last_access(Release);
}

#[test]
#[should_panic = "Causality violation"]
fn an_atomic_may_not_end_while_an_access_may_still_come() {
    end_after_last_access(Relaxed);
}

#[test]
fn an_unpark_is_kept_for_the_next_park_and_ends_nothing_else() {
    loom::model(|| {
        let me = thread::current();
        let other = spawn(move || me.unpark());
        other.join().unwrap(); // with loom's own, this may end too early
        thread::park();
    });
}

#[test]
#[should_panic = "deadlock"]
fn a_park_without_an_unpark_is_a_deadlock() {
    loom::model(|| {
        thread::current().unpark();
        thread::park();
        thread::park();
    });
}

#[test]
#[should_panic = "Causality violation"]
fn two_threads_that_get_at_a_cell_at_once_are_a_fault() {
    struct Shared(loom_std::cell::UnsafeCell<i32>);
    // SAFETY: loom runs one thread at a time, so no two accesses really meet; it
    // reports that they could.
    unsafe impl Sync for Shared {}

    loom::model(|| {
        let cell = Arc::new(Shared(loom_std::cell::UnsafeCell::new(0)));
        let other = spawn({
            let cell = cell.clone();
            move || {
                cell.0.get();
            }
        });
        cell.0.get();
        other.join().unwrap();
    });
}

/// If this fails, loom has been mended, and our `Barrier` can go.
#[test]
#[should_panic = "not supported yet"]
fn loom_alone_has_no_barrier() {
    loom::model(|| {
        loom::sync::Barrier::new(2);
    });
}

#[test]
fn a_barrier_opens_when_all_are_there_and_can_be_used_anew() {
    use loom_std::sync::Barrier;
    use std::sync::atomic::AtomicU32; // its order is none that loom should look at

    /// Whether this thread led the first round, and the second.
    fn two_rounds((barrier, came): &(Barrier, AtomicU32)) -> [bool; 2] {
        [1, 2].map(|round| {
            came.fetch_add(1, Relaxed);
            let leads = barrier.wait().is_leader();
            assert!(came.load(Relaxed) >= 2 * round);
            leads
        })
    }

    loom::model(|| {
        let shared = Arc::new((Barrier::new(2), AtomicU32::new(0)));
        let other = spawn({
            let shared = shared.clone();
            move || two_rounds(&shared)
        });
        let mine = two_rounds(&shared);
        // One of the two leads, each time.
        assert_eq!(other.join().unwrap(), mine.map(|leads| !leads));
    });
}

#[test]
#[should_panic = "deadlock"]
fn a_barrier_for_two_never_opens_for_one() {
    loom::model(|| {
        loom_std::sync::Barrier::new(2).wait();
    });
}

#[test]
fn to_wait_while_something_holds_ends_when_it_does_not_any_more() {
    use loom_std::sync::{Condvar, Mutex};

    loom::model(|| {
        let shared = Arc::new((Mutex::new(0), Condvar::new()));
        let other = spawn({
            let shared = shared.clone();
            move || {
                for _ in 0..2 {
                    *shared.0.lock().unwrap() += 1; // the first is not enough
                    shared.1.notify_all();
                }
            }
        });
        let number = shared.0.lock().unwrap();
        let number = shared.1.wait_while(number, |number| *number < 2).unwrap();
        assert_eq!(*number, 2);
        drop(number);
        other.join().unwrap();
    });
}
