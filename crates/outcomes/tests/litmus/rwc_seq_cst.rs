//! Read-to-write causality, seq_cst.
//!
//! `1 0 0`: sc forbids, tso forbids, cpp20 forbids (Batty et al. 2011).
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let ((a, b), c) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, SeqCst);
        });
        let t2 = s.spawn(|| {
            let a = x.load(SeqCst);
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
