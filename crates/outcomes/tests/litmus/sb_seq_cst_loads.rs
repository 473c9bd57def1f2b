//! Store buffering: the loads are seq_cst, the stores are not.
//!
//! `0 0`: sc forbids, tso allows, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| {
            x.store(1, Relaxed);
            y.load(SeqCst)
        });
        let t2 = s.spawn(|| {
            y.store(1, Relaxed);
            x.load(SeqCst)
        });
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b}");
}
