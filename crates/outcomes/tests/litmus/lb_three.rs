//! Load buffering around three threads.
//!
//! `1 1 1`: sc forbids, tso forbids, cpp20 forbids (the standard only recommends it, [atomics.order]/8; Lahav et al. 2017 forbid it).
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y, z) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
    let (a, b, c) = thread::scope(|s| {
        let t1 = s.spawn(|| {
            let a = x.load(Relaxed);
            y.store(1, Relaxed);
            a
        });
        let t2 = s.spawn(|| {
            let b = y.load(Relaxed);
            z.store(1, Relaxed);
            b
        });
        let t3 = s.spawn(|| {
            let c = z.load(Relaxed);
            x.store(1, Relaxed);
            c
        });
        (t1.join().unwrap(), t2.join().unwrap(), t3.join().unwrap())
    });
    println!("{a} {b} {c}");
}
