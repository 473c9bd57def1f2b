//! Store buffering, the stores as seq_cst swaps.
//!
//! `0 0`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| {
            x.swap(1, SeqCst);
            y.load(SeqCst)
        });
        let t2 = s.spawn(|| {
            y.swap(1, SeqCst);
            x.load(SeqCst)
        });
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b}");
}
