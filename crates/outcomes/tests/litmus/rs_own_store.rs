//! The releasing thread's own relaxed store ends it, since C++20.
//!
//! `2 0`: sc forbids, tso forbids, cpp20 allows (N4861 [intro.races]/5; before C++20 forbidden).
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
        let t2 = s.spawn(|| {
            let a = f.load(Acquire);
            let b = x.load(Relaxed);
            (a, b)
        });
        t2.join().unwrap()
    });
    println!("{a} {b}");
}
