use std::sync::Mutex;
use std::thread::{self, ThreadId};

use crate::task::{Counter, count};

static STEPPED_BY: Mutex<Vec<ThreadId>> = Mutex::new(Vec::new());

/// Adds one to what the pointer points to.
unsafe fn step(raw: *mut u32) -> u32 {
    STEPPED_BY.lock().unwrap().push(thread::current().id());
    // SAFETY: who calls this has a pointer to a number.
    unsafe {
        *raw += 1;
        *raw
    }
}

#[test]
fn a_thread_of_its_own_takes_the_steps() {
    let raw = Box::into_raw(Box::new(4));
    // SAFETY: it points to a number, and isn't used here until it has been counted.
    let counter = unsafe { Counter::new(raw, step) };
    assert_eq!(
        count(counter, 3),
        7,
        "where a counter stands: 4 and three steps"
    );
    // SAFETY: it came from a `Box`, and `count` is done.
    drop(unsafe { Box::from_raw(raw) });
    let threads = STEPPED_BY.lock().unwrap();
    assert_eq!(threads.len(), 3, "how many steps were taken");
    assert!(
        threads
            .iter()
            .all(|it| *it == threads[0] && *it != thread::current().id()),
        "the steps weren't taken by a thread of their own"
    );
}
