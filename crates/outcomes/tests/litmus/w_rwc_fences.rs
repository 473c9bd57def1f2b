//! W+RWC: release and acquire, with seq_cst fences in the last two threads.
//!
//! `1 0 0`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*, fence};
use std::thread;

fn main() {
    let (x, f, y) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
    let ((a, b), c) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            f.store(1, Release);
        });
        let t2 = s.spawn(|| {
            let a = f.load(Acquire);
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
