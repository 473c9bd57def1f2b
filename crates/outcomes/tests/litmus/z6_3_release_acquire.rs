//! Z6.3 with release and acquire: modification order doesn't synchronise.
//!
//! `1 0 2`: sc forbids, tso forbids, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y, z) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Release);
            y.store(1, Release);
        });
        s.spawn(|| {
            y.store(2, Release);
            z.store(1, Release);
        });
        let t3 = s.spawn(|| {
            let a = z.load(Acquire);
            let b = x.load(Acquire);
            (a, b)
        });
        t3.join().unwrap()
    });
    println!("{a} {b} {}", y.load(Relaxed));
}
