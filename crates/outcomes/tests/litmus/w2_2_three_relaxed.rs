//! Three threads write three locations in a ring.
//!
//! `1 1 1`: sc forbids, tso forbids, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y, z) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
    thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            y.store(2, Relaxed);
        });
        s.spawn(|| {
            y.store(1, Relaxed);
            z.store(2, Relaxed);
        });
        s.spawn(|| {
            z.store(1, Relaxed);
            x.store(2, Relaxed);
        });
    });
    println!(
        "{} {} {}",
        x.load(Relaxed),
        y.load(Relaxed),
        z.load(Relaxed)
    );
}
