use std::collections::HashSet;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::thread::{self, ThreadId};

use crate::task::{Counter, counts};

struct Right(AtomicU32);

impl Counter for Right {
    fn increment(&self) {
        self.0.fetch_add(1, SeqCst);
    }

    fn get(&self) -> u32 {
        self.0.load(SeqCst)
    }
}

/// It counts nothing, and tells in which threads it was asked to.
struct Broken(Mutex<HashSet<ThreadId>>);

impl Counter for Broken {
    fn increment(&self) {
        self.0.lock().unwrap().insert(thread::current().id());
    }

    fn get(&self) -> u32 {
        0
    }
}

/// It loses an update each time, as if all threads had looked at the same moment: each sees its
/// own increment, and in the end there is one.
struct Lossy {
    home: ThreadId,
    incremented: Mutex<HashSet<ThreadId>>,
}

impl Counter for Lossy {
    fn increment(&self) {
        let mut incremented = self.incremented.lock().unwrap();
        incremented.insert(thread::current().id());
    }

    fn get(&self) -> u32 {
        let me = thread::current().id();
        let incremented = self.incremented.lock().unwrap();
        let seen = incremented.contains(&me) || me == self.home && !incremented.is_empty();
        u32::from(seen)
    }
}

#[test]
fn a_right_counter_is_called_right() {
    let counter = Arc::new(Right(AtomicU32::new(0)));
    assert!(counts(counter), "a right counter was called wrong");
}

#[test]
fn a_counter_that_counts_nothing_is_called_wrong() {
    let counter = Arc::new(Broken(Mutex::default()));
    assert!(
        !counts(counter),
        "a counter that counts nothing was called right"
    );
}

#[test]
fn a_lost_update_is_called_wrong() {
    let counter = Arc::new(Lossy {
        home: thread::current().id(),
        incremented: Mutex::default(),
    });
    assert!(
        !counts(counter),
        "a counter that lost an update was called right"
    );
}

#[test]
fn two_threads_increment() {
    let counter = Arc::new(Broken(Mutex::default()));
    counts(counter.clone());
    let threads = counter.0.lock().unwrap();
    assert_eq!(threads.len(), 2, "in how many threads it was incremented");
    let here = thread::current().id();
    assert!(
        !threads.contains(&here),
        "incremented in the thread of the test"
    );
}
