//! The store itself is relaxed: who has read it and released passes it on, by coherence of reads.
//!
//! `1 1 0`: sc forbids, tso forbids, cpp20 forbids (N4861 [intro.races]/16).
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, (b, c)) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
        });
        let t2 = s.spawn(|| {
            let a = x.load(Relaxed);
            y.store(1, Release);
            a
        });
        let t3 = s.spawn(|| {
            let b = y.load(Acquire);
            let c = x.load(Relaxed);
            (b, c)
        });
        (t2.join().unwrap(), t3.join().unwrap())
    });
    println!("{a} {b} {c}");
}
