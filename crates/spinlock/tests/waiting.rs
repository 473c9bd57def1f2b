//! What a thread does while it waits: the stages' own source over a `hint` and a
//! `thread` that tell when they are called.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;
use std::{cell, sync};

#[path = "../src/spin.rs"]
mod spin;
#[path = "../src/yielding.rs"]
mod yielding;

/// Called by a thread that waits; `None` for one that nobody watches.
type Told = cell::RefCell<Option<Sender<&'static str>>>;
std::thread_local!(static TOLD: Told = const { Told::new(None) });

fn tell(what: &'static str) {
    TOLD.with_borrow(|told| {
        if let Some(told) = told {
            // Nobody listens any more once what was awaited has come.
            let _ = told.send(what);
        }
    });
}

mod hint {
    pub fn spin_loop() {
        crate::tell("spin_loop");
        std::hint::spin_loop();
    }
}

mod thread {
    pub fn yield_now() {
        crate::tell("yield_now");
        std::thread::yield_now();
    }
}

/// Far more than it needs: who takes this long never calls it.
const LIMIT: Duration = Duration::from_secs(60);

/// Waits for `what`, and says how often something else came before it. Who does
/// something else so often never does it.
fn await_call(calls: &Receiver<&'static str>, what: &str) -> Result<usize, RecvTimeoutError> {
    for others in 0..10_000 {
        if calls.recv_timeout(LIMIT)? == what {
            return Ok(others);
        }
    }
    Err(RecvTimeoutError::Timeout)
}

#[test]
fn who_waits_tells_the_processor_so() {
    let lock = spin::SpinLock::new(1);
    let (told, calls) = channel();
    std::thread::scope(|s| {
        let guard = lock.lock();
        s.spawn(|| {
            TOLD.set(Some(told));
            *lock.lock() += 1;
        });
        let others = await_call(&calls, "spin_loop");
        drop(guard);
        assert_eq!(others, Ok(0));
    });
    assert_eq!(*lock.lock(), 2);
}

#[test]
fn who_waits_for_long_lets_others_have_the_processor_but_not_at_once() {
    let lock = yielding::SpinLock::new(1);
    let (told, calls) = channel();
    std::thread::scope(|s| {
        let guard = lock.lock();
        s.spawn(|| {
            TOLD.set(Some(told));
            *lock.lock() += 1;
        });
        let looks = await_call(&calls, "yield_now");
        drop(guard);
        assert_eq!(looks, Ok(100));
    });
    assert_eq!(*lock.lock(), 2);
}
