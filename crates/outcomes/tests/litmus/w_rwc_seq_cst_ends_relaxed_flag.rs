//! W+RWC: seq_cst at the ends, nothing between.
//!
//! `1 0 0`: sc forbids, tso forbids, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, f, y) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
    let ((a, b), c) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, SeqCst);
            f.store(1, Relaxed);
        });
        let t2 = s.spawn(|| {
            let a = f.load(Relaxed);
            let b = y.load(SeqCst);
            (a, b)
        });
        let t3 = s.spawn(|| {
            y.store(1, SeqCst);
            x.load(SeqCst)
        });
        (t2.join().unwrap(), t3.join().unwrap())
    });
    println!("{a} {b} {c}");
}
