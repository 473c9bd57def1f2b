//! Load buffering by read-modify-writes.
//!
//! `1 1`: sc forbids, tso forbids, cpp20 forbids (the standard only recommends it, [atomics.order]/8; Lahav et al. 2017 forbid it).
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| {
            let a = x.fetch_add(1, Relaxed);
            y.fetch_add(1, Relaxed);
            a
        });
        let t2 = s.spawn(|| {
            let b = y.fetch_add(1, Relaxed);
            x.fetch_add(1, Relaxed);
            b
        });
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b}");
}
