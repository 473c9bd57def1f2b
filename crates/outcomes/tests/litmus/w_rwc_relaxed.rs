//! W+RWC: store buffering with a message in between.
//!
//! `1 0 0`: sc forbids, tso allows, cpp20 allows (Alglave, Maranget and Tautschnig 2014, W+RWC).
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, f, y) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
    let ((a, b), c) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            f.store(1, Relaxed);
        });
        let t2 = s.spawn(|| {
            let a = f.load(Relaxed);
            let b = y.load(Relaxed);
            (a, b)
        });
        let t3 = s.spawn(|| {
            y.store(1, Relaxed);
            x.load(Relaxed)
        });
        (t2.join().unwrap(), t3.join().unwrap())
    });
    println!("{a} {b} {c}");
}
