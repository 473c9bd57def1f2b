//! A future is polled when it was woken, only then, and always then.

use executor::{block_on, pause, spawn};
use std::cell::Cell;
use std::future::{self, poll_fn};
use std::rc::Rc;
use std::sync::{Arc, Mutex, mpsc};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

#[test]
fn a_future_that_is_ready_is_polled_once() {
    let polls = Cell::new(0);
    let output = block_on(poll_fn(|_| {
        polls.set(polls.get() + 1);
        Poll::Ready("done")
    }));
    assert_eq!((output, polls.get()), ("done", 1));
}

#[test]
fn a_pause_gives_way_once() {
    let polls = Cell::new(0);
    let mut paused = Box::pin(pause());
    block_on(poll_fn(|context| {
        polls.set(polls.get() + 1);
        paused.as_mut().poll(context)
    }));
    assert_eq!(polls.get(), 2);
}

#[test]
fn a_future_that_stays_here_needs_no_send() {
    let count = Rc::new(Cell::new(1));
    block_on(async {
        pause().await;
        count.set(2);
    });
    assert_eq!(count.get(), 2);
}

#[test]
fn another_thread_wakes_the_one_that_sleeps() {
    ends(|| {
        let bell = Arc::new(Bell::default());
        let (waiting, waits) = mpsc::channel();
        let theirs = Arc::clone(&bell);
        let ringer = thread::spawn(move || {
            waits.recv().unwrap();
            theirs.ring();
        });
        block_on(poll_fn(|context| {
            let rung = bell.poll(context);
            // The second time the ringer may be gone.
            let _ = waiting.send(());
            rung
        }));
        ringer.join().unwrap();
    });
}

#[test]
fn a_wake_is_not_lost_on_a_future_that_parks_by_itself() {
    ends(|| {
        let mut woken = false;
        block_on(poll_fn(|context| {
            if woken {
                return Poll::Ready(());
            }
            woken = true;
            context.waker().wake_by_ref();
            thread::park(); // uses up the waker's unpark
            Poll::Pending
        }));
    });
}

#[test]
fn who_unparks_the_thread_without_a_wake_causes_no_poll() {
    ends(|| {
        let bell = Arc::new(Bell::default());
        let polls = Cell::new(0);
        let (sleeper, sleepers) = mpsc::channel::<thread::Thread>();
        let theirs = Arc::clone(&bell);
        let ringer = thread::spawn(move || {
            let sleeper = sleepers.recv().unwrap();
            sleeper.unpark();
            theirs.ring();
        });
        block_on(poll_fn(|context| {
            polls.set(polls.get() + 1);
            thread::current().unpark();
            let rung = bell.poll(context);
            let _ = sleeper.send(thread::current());
            rung
        }));
        ringer.join().unwrap();
        assert_eq!(polls.get(), 2);
    });
}

#[test]
fn several_wakes_before_a_poll_are_one() {
    let polls = Cell::new(0);
    block_on(poll_fn(|context| {
        polls.set(polls.get() + 1);
        if polls.get() > 1 {
            return Poll::Ready(());
        }
        for _ in 0..3 {
            context.waker().wake_by_ref();
        }
        Poll::Pending
    }));
    assert_eq!(polls.get(), 2);
}

#[test]
fn what_is_spawned_runs_on_another_thread() {
    let there = spawn(async {
        pause().await;
        thread::current().id()
    });
    assert_ne!(there.join().unwrap(), thread::current().id());
}

#[test]
fn a_panic_of_a_spawned_future_comes_out_of_its_join() {
    let child = spawn(async {
        pause().await;
        panic::<()>();
    });
    let payload = child.join().unwrap_err();
    assert_eq!(payload.downcast_ref::<u8>(), Some(&7));
}

#[test]
fn a_future_begun_here_goes_on_where_it_was_left() {
    let mut future = Box::pin(async {
        let begun = thread::current().id();
        pause().await;
        (begun, thread::current().id())
    });
    let mut context = Context::from_waker(Waker::noop());
    assert!(future.as_mut().poll(&mut context).is_pending());

    let (begun, ended) = spawn(future).join().unwrap();
    assert_eq!(begun, thread::current().id());
    assert_ne!(ended, begun);
}

#[test]
fn one_executor_may_run_within_another() {
    let sum = block_on(async {
        pause().await;
        let inner = block_on(async {
            pause().await;
            1
        });
        inner + future::ready(2).await
    });
    assert_eq!(sum, 3);
}

/// A future's side and a thread's side of one event.
#[derive(Default)]
struct Bell(Mutex<(bool, Option<Waker>)>);

impl Bell {
    fn poll(&self, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.0.lock().unwrap();
        if state.0 {
            return Poll::Ready(());
        }
        state.1 = Some(context.waker().clone());
        Poll::Pending
    }

    fn ring(&self) {
        let waker = {
            let mut state = self.0.lock().unwrap();
            state.0 = true;
            state.1.take()
        };
        waker.expect("somebody waits").wake();
    }
}

/// Panics with a payload that a test can recognise, and without a message.
fn panic<T>() -> T {
    std::panic::resume_unwind(Box::new(7_u8))
}

/// Runs a test that would sleep for ever if it failed.
#[track_caller]
fn ends(test: impl FnOnce() + Send + 'static) {
    let (done, is_done) = mpsc::channel();
    let runner = thread::spawn(move || {
        test();
        // Nobody listens if this comes after the limit.
        let _ = done.send(());
    });
    match is_done.recv_timeout(Duration::from_secs(60)) {
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("it still sleeps"),
        Ok(()) | Err(mpsc::RecvTimeoutError::Disconnected) => {}
    }
    runner.join().unwrap();
}
