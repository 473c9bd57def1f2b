//! A release fence before a relaxed store: the sequence that it would head counts.
//!
//! `2 0`: sc forbids, tso forbids, cpp20 forbids (N4861 [atomics.fences]/3).
use std::sync::atomic::{AtomicU32, Ordering::*, fence};
use std::thread;

fn main() {
    let (x, f) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            fence(Release);
            f.store(1, Relaxed);
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
