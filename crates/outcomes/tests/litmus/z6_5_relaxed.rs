//! Z6.5: two orders of stores, then a read of the first.
//!
//! `0 2 2`: sc forbids, tso allows, cpp20 allows (Alglave, Maranget and Tautschnig 2014, Z6.5).
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y, z) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
    let a = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            y.store(1, Relaxed);
        });
        s.spawn(|| {
            y.store(2, Relaxed);
            z.store(1, Relaxed);
        });
        let t3 = s.spawn(|| {
            z.store(2, Relaxed);
            x.load(Relaxed)
        });
        t3.join().unwrap()
    });
    println!("{a} {} {}", y.load(Relaxed), z.load(Relaxed));
}
