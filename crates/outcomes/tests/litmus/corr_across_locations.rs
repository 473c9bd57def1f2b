//! Relaxed reads of two locations may go backwards between them.
//!
//! `1 0`: sc forbids, tso forbids, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            y.store(1, Relaxed);
        });
        let t2 = s.spawn(|| {
            let a = y.load(Relaxed);
            let b = x.load(Relaxed);
            (a, b)
        });
        t2.join().unwrap()
    });
    println!("{a} {b}");
}
