//! Store buffering, the stores as AcqRel swaps: x86 drains its buffer for them, C++ orders nothing.
//!
//! `0 0`: sc forbids, tso forbids, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| {
            x.swap(1, AcqRel);
            y.load(Acquire)
        });
        let t2 = s.spawn(|| {
            y.swap(1, AcqRel);
            x.load(Acquire)
        });
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b}");
}
