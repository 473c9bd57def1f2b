//! Relaxed stores and seq_cst loads: the same.
//!
//! `1 0 1 0`: sc forbids, tso forbids, cpp20 forbids (N4861 [atomics.order]/3.4).
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let ((a, b), (c, d)) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
        });
        s.spawn(|| {
            y.store(1, Relaxed);
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
