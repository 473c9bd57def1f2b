//! Z6.3: a message behind a store that comes last.
//!
//! `1 0 2`: sc forbids, tso forbids, cpp20 allows (Alglave, Maranget and Tautschnig 2014, Z6.3).
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y, z) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            y.store(1, Relaxed);
        });
        s.spawn(|| {
            y.store(2, Relaxed);
            z.store(1, Relaxed);
        });
        let t3 = s.spawn(|| {
            let a = z.load(Relaxed);
            let b = x.load(Relaxed);
            (a, b)
        });
        t3.join().unwrap()
    });
    println!("{a} {b} {}", y.load(Relaxed));
}
