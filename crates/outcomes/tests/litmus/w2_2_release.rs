//! The same with release.
//!
//! `1 1`: sc forbids, tso forbids, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Release);
            y.store(2, Release);
        });
        s.spawn(|| {
            y.store(1, Release);
            x.store(2, Release);
        });
    });
    println!("{} {}", x.load(Relaxed), y.load(Relaxed));
}
