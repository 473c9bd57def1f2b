//! A read-modify-write behind a store that ended it.
//!
//! `3 0`: sc forbids, tso forbids, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, f) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            f.store(1, Release);
            f.store(2, Relaxed);
        });
        s.spawn(|| {
            f.fetch_add(1, Relaxed);
        });
        let t3 = s.spawn(|| {
            let a = f.load(Acquire);
            let b = x.load(Relaxed);
            (a, b)
        });
        t3.join().unwrap()
    });
    println!("{a} {b}");
}
