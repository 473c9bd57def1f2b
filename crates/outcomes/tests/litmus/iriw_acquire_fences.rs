//! Release stores, relaxed loads, acquire fences.
//!
//! `1 0 1 0`: sc forbids, tso forbids, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*, fence};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let ((a, b), (c, d)) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Release);
        });
        s.spawn(|| {
            y.store(1, Release);
        });
        let t3 = s.spawn(|| {
            let a = x.load(Relaxed);
            fence(Acquire);
            let b = y.load(Relaxed);
            (a, b)
        });
        let t4 = s.spawn(|| {
            let c = y.load(Relaxed);
            fence(Acquire);
            let d = x.load(Relaxed);
            (c, d)
        });
        (t3.join().unwrap(), t4.join().unwrap())
    });
    println!("{a} {b} {c} {d}");
}
