//! Z6.4 with release and acquire.
//!
//! `0 0 2`: sc forbids, tso allows, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y, z) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Release);
            y.store(1, Release);
        });
        let t2 = s.spawn(|| {
            y.store(2, Release);
            z.load(Acquire)
        });
        let t3 = s.spawn(|| {
            z.store(1, Release);
            x.load(Acquire)
        });
        (t2.join().unwrap(), t3.join().unwrap())
    });
    println!("{a} {b} {}", y.load(Relaxed));
}
