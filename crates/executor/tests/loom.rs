//! The executor's own source, run by loom under every schedule.
//!
//! Loom fails a test in which nobody can go on, such as after a lost wake-up,
//! and lets a relaxed load see an old value for as long as nothing forbids it.

extern crate std as real;
// To the source, this file *is* the standard library: of what it names there,
// atomics and threads are loom's, and the rest is what it always was.
extern crate self as std;

#[path = "../src/run.rs"]
mod run;

pub use loom_std::thread;
pub use real::{future, marker, pin, task};

/// As in the standard library; the counted pointer is its own, for a `Waker` is
/// made from no other.
pub mod sync {
    pub use loom_std::sync::atomic;
    pub use real::sync::Arc;
}

use crate::run::{block_on, pause, spawn};
use crate::sync::Arc;
use crate::sync::atomic::{AtomicBool, Ordering::Relaxed};
use crate::task::{Poll, Waker};

/// Something that threads have done, each its part, with nothing that orders
/// it before anything else: only a wake can.
struct Done<const N: usize>([AtomicBool; N]);

impl<const N: usize> Done<N> {
    fn all(&self) -> bool {
        self.0.iter().all(|part| part.load(Relaxed))
    }
}

/// Waits for `N` threads, each of which does its part and then wakes.
///
/// With a bound, only under those schedules in which a thread that could go on
/// is interrupted so many times or less: there are too many others.
fn waits_for<const N: usize>(bound: Option<usize>) {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = bound;
    model.check(|| {
        let done = Arc::new(Done([(); N].map(|()| AtomicBool::new(false))));
        let mut begun = false;
        block_on(future::poll_fn(|context| {
            if !begun {
                begun = true;
                for part in 0..N {
                    does_its_part(&done, part, context.waker().clone());
                }
            }
            // Nobody wakes a second time for what wasn't seen the first time.
            match done.all() {
                true => Poll::Ready(()),
                false => Poll::Pending,
            }
        }));
    });
}

fn does_its_part<const N: usize>(done: &Arc<Done<N>>, part: usize, waker: Waker) {
    let done = Arc::clone(done);
    thread::spawn(move || {
        done.0[part].store(true, Relaxed);
        waker.wake();
    });
}

#[test]
fn what_was_done_before_a_wake_is_seen_by_the_poll_after_it() {
    waits_for::<1>(None);
}

#[test]
fn what_each_of_two_wakers_did_is_seen_though_their_wakes_became_one() {
    waits_for::<2>(Some(3));
}

#[test]
fn an_unpark_without_a_wake_causes_no_poll() {
    loom::model(|| {
        let done = Arc::new(Done([AtomicBool::new(false)]));
        let mut begun = false;
        block_on(future::poll_fn(|context| {
            if begun {
                assert!(done.all(), "polled, and nobody has woken it");
                return Poll::Ready(());
            }
            begun = true;
            does_its_part(&done, 0, context.waker().clone());
            thread::current().unpark();
            Poll::Pending
        }));
    });
}

#[test]
fn a_future_that_wakes_itself_is_polled_again() {
    loom::model(|| block_on(pause()));
}

#[test]
fn a_spawned_future_ends_and_its_thread_is_joined() {
    loom::model(|| {
        let child = spawn(async {
            pause().await;
            1
        });
        assert_eq!(child.join().unwrap(), 1);
    });
}
