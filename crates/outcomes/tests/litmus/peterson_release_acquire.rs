//! Peterson's lock with release and acquire: both enter.
//!
//! `true true`: sc forbids, tso allows, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y, turn) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| {
            x.store(1, Release);
            turn.store(2, Release);
            y.load(Acquire) == 0 || turn.load(Acquire) == 1
        });
        let t2 = s.spawn(|| {
            y.store(1, Release);
            turn.store(1, Release);
            x.load(Acquire) == 0 || turn.load(Acquire) == 2
        });
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b}");
}
