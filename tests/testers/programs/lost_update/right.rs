//! Two threads count, each in one step.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::thread;

fn increment(counter: &AtomicU32) {
    counter.fetch_add(1, SeqCst);
}

pub fn main() {
    let counter = Arc::new(AtomicU32::new(0));
    let other = {
        let counter = counter.clone();
        thread::spawn(move || increment(&counter))
    };
    increment(&counter);
    other.join().unwrap();
    assert_eq!(counter.load(SeqCst), 2);
}
