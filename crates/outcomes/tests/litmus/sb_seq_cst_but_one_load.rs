//! Store buffering, all seq_cst but one load: it isn't in the one order.
//!
//! `0 0`: sc forbids, tso forbids, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| {
            x.store(1, SeqCst);
            y.load(SeqCst)
        });
        let t2 = s.spawn(|| {
            y.store(1, SeqCst);
            x.load(Acquire)
        });
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b}");
}
