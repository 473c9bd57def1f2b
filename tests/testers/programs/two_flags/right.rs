//! Two threads raise a flag each and look at the other's, with SeqCst.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
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
            flags.right.store(true, SeqCst);
            !flags.left.load(SeqCst)
        })
    };
    flags.left.store(true, SeqCst);
    let left_in = !flags.right.load(SeqCst);
    let right_in = other.join().unwrap();
    assert!(!(left_in && right_in));
}
