//! Message passing, all seq_cst.
//!
//! `1 0`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, f) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, SeqCst);
            f.store(1, SeqCst);
        });
        let t2 = s.spawn(|| {
            let a = f.load(SeqCst);
            let b = x.load(SeqCst);
            (a, b)
        });
        t2.join().unwrap()
    });
    println!("{a} {b}");
}
