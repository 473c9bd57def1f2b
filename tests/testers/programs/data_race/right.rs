//! Two threads count on a plain number, behind a lock.

use std::cell::UnsafeCell;
use std::sync::{Arc, Mutex};
use std::thread;

struct Counter {
    lock: Mutex<()>,
    number: UnsafeCell<u32>,
}

// SAFETY: the number is touched under the lock, and when there is one thread left.
unsafe impl Sync for Counter {}

impl Counter {
    fn increment(&self) {
        let _guard = self.lock.lock().unwrap();
        // SAFETY: whoever has the lock is alone with the number.
        unsafe { *self.number.get() += 1 };
    }
}

pub fn main() {
    let counter = Arc::new(Counter {
        lock: Mutex::new(()),
        number: UnsafeCell::new(0),
    });
    let other = {
        let counter = counter.clone();
        thread::spawn(move || counter.increment())
    };
    counter.increment();
    other.join().unwrap();
    // SAFETY: the other thread has ended.
    assert_eq!(unsafe { *counter.number.get() }, 2);
}
