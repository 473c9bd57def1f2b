//! Two readers, all seq_cst: they agree.
//!
//! `1 0 1 0`: sc forbids, tso forbids, cpp20 forbids (Batty et al. 2011, IRIW).
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let ((a, b), (c, d)) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, SeqCst);
        });
        s.spawn(|| {
            y.store(1, SeqCst);
        });
        let t3 = s.spawn(|| {
            let a = x.load(SeqCst);
            let b = y.load(SeqCst);
            (a, b)
        });
        let t4 = s.spawn(|| {
            let c = y.load(SeqCst);
            let d = x.load(SeqCst);
            (c, d)
        });
        (t3.join().unwrap(), t4.join().unwrap())
    });
    println!("{a} {b} {c} {d}");
}
