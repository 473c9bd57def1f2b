//! Load buffering where one store is made by a thread started after the load.
//!
//! `1 1`: sc forbids, tso forbids, cpp20 forbids (the standard only recommends it, [atomics.order]/8; Lahav et al. 2017 forbid it).
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| {
            let b = y.load(Relaxed);
            x.store(1, Relaxed);
            b
        });
        let a = x.load(Relaxed);
        s.spawn(|| y.store(1, Relaxed));
        (a, t1.join().unwrap())
    });
    println!("{a} {b}");
}
