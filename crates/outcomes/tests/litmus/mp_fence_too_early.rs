//! Message passing: the acquire fence stands before the flag is read.
//!
//! `1 0`: sc forbids, tso forbids, cpp20 allows.
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
        let t2 = s.spawn(|| {
            fence(Acquire);
            let a = f.load(Relaxed);
            let b = x.load(Relaxed);
            (a, b)
        });
        t2.join().unwrap()
    });
    println!("{a} {b}");
}
