//! Two threads raise a flag each and look at the other's, with Release and Acquire.

use std::sync::Arc;
use std::sync::atomic::{
    AtomicBool,
    Ordering::{Acquire, Release},
};
use std::thread;

struct Flags {
    left: AtomicBool,
    right: AtomicBool,
}

pub fn main() {
    let flags = Arc::new(Flags {
        left: AtomicBool::new(false),
        right: AtomicBool::new(false),
    });
    let other = {
        let flags = flags.clone();
        thread::spawn(move || {
            flags.right.store(true, Release);
            !flags.left.load(Acquire)
        })
    };
    flags.left.store(true, Release);
    let left_in = !flags.right.load(Acquire);
    let right_in = other.join().unwrap();
    assert!(!(left_in && right_in));
}
