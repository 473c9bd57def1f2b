//! Load buffering: each thread reads what the other stores afterwards. Rust allows it; this model doesn't.
//!
//! `1 1`: sc forbids, tso forbids, cpp20 forbids (the standard only recommends it, [atomics.order]/8; Lahav et al. 2017 forbid it).
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| {
            let a = x.load(Relaxed);
            y.store(1, Relaxed);
            a
        });
        let t2 = s.spawn(|| {
            let b = y.load(Relaxed);
            x.store(1, Relaxed);
            b
        });
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b}");
}
