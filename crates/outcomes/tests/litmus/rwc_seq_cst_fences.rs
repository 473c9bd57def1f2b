//! Relaxed, with seq_cst fences in the last two.
//!
//! `1 0 0`: sc forbids, tso forbids, cpp20 forbids (Lahav et al. 2017, RWC with fences).
use std::sync::atomic::{AtomicU32, Ordering::*, fence};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let ((a, b), c) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
        });
        let t2 = s.spawn(|| {
            let a = x.load(Relaxed);
            fence(SeqCst);
            let b = y.load(Relaxed);
            (a, b)
        });
        let t3 = s.spawn(|| {
            y.store(1, Relaxed);
            fence(SeqCst);
            x.load(Relaxed)
        });
        (t2.join().unwrap(), t3.join().unwrap())
    });
    println!("{a} {b} {c}");
}
