//! A release fence releases each relaxed store behind it.
//!
//! `2 0`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*, fence};
use std::thread;

fn main() {
    let (x, f) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            fence(Release);
            f.store(1, Relaxed);
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
