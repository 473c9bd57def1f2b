//! The same, seq_cst.
//!
//! `1 0 1 0`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let ((a, b), (c, d)) = thread::scope(|s| {
        let t1 = s.spawn(|| {
            x.store(1, SeqCst);
            let a = x.load(SeqCst);
            let b = y.load(SeqCst);
            (a, b)
        });
        let t2 = s.spawn(|| {
            y.store(1, SeqCst);
            let c = y.load(SeqCst);
            let d = x.load(SeqCst);
            (c, d)
        });
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b} {c} {d}");
}
