//! The first store releases and its reader acquires; all else is seq_cst.
//!
//! `1 0 0`: sc forbids, tso forbids, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let ((a, b), c) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Release);
        });
        let t2 = s.spawn(|| {
            let a = x.load(Acquire);
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
