//! Two threads count on a plain number, and nothing keeps them apart.

use std::cell::UnsafeCell;
use std::sync::Arc;
use std::thread;

struct Counter(UnsafeCell<u32>);

// SAFETY: none, which is the fault.
unsafe impl Sync for Counter {}

impl Counter {
    fn increment(&self) {
        // SAFETY: none either: another thread may do the same at this moment.
        unsafe { *self.0.get() += 1 };
    }
}

pub fn main() {
    let counter = Arc::new(Counter(UnsafeCell::new(0)));
    let other = {
        let counter = counter.clone();
        thread::spawn(move || counter.increment())
    };
    counter.increment();
    other.join().unwrap();
    // SAFETY: the other thread has ended.
    assert_eq!(unsafe { *counter.0.get() }, 2);
}
