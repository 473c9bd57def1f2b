//! Store buffering: release and acquire order no store before a later load.
//!
//! `0 0`: sc forbids, tso allows, cpp20 allows (Batty et al. 2011, SB).
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| {
            x.store(1, Release);
            y.load(Acquire)
        });
        let t2 = s.spawn(|| {
            y.store(1, Release);
            x.load(Acquire)
        });
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b}");
}
