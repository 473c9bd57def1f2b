//! Relaxed, with a seq_cst fence in each reader.
//!
//! `1 0 1 0`: sc forbids, tso forbids, cpp20 forbids (Lahav et al. 2017, IRIW with fences).
use std::sync::atomic::{AtomicU32, Ordering::*, fence};
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
            let a = x.load(Relaxed);
            fence(SeqCst);
            let b = y.load(Relaxed);
            (a, b)
        });
        let t4 = s.spawn(|| {
            let c = y.load(Relaxed);
            fence(SeqCst);
            let d = x.load(Relaxed);
            (c, d)
        });
        (t3.join().unwrap(), t4.join().unwrap())
    });
    println!("{a} {b} {c} {d}");
}
