//! An AcqRel read-modify-write behind a release.
//!
//! `2 0`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, f) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            f.store(1, Release);
        });
        s.spawn(|| {
            f.fetch_add(1, AcqRel);
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
