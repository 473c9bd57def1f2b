//! Z6.4: two stores in one location's order, then store buffering.
//!
//! `0 0 2`: sc forbids, tso allows, cpp20 allows (Alglave, Maranget and Tautschnig 2014, Z6.4).
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y, z) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            y.store(1, Relaxed);
        });
        let t2 = s.spawn(|| {
            y.store(2, Relaxed);
            z.load(Relaxed)
        });
        let t3 = s.spawn(|| {
            z.store(1, Relaxed);
            x.load(Relaxed)
        });
        (t2.join().unwrap(), t3.join().unwrap())
    });
    println!("{a} {b} {}", y.load(Relaxed));
}
