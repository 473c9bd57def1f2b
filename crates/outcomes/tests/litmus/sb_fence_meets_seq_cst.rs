//! Store buffering: one thread seq_cst, the other relaxed with a fence.
//!
//! `0 0`: sc forbids, tso forbids, cpp20 forbids (N4861 [atomics.order]/4.2 and /4.3).
use std::sync::atomic::{AtomicU32, Ordering::*, fence};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| {
            x.store(1, SeqCst);
            y.load(SeqCst)
        });
        let t2 = s.spawn(|| {
            y.store(1, Relaxed);
            fence(SeqCst);
            x.load(Relaxed)
        });
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b}");
}
