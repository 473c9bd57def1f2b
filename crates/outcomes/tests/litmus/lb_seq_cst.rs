//! Load buffering, all seq_cst.
//!
//! `1 1`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| {
            let a = x.load(SeqCst);
            y.store(1, SeqCst);
            a
        });
        let t2 = s.spawn(|| {
            let b = y.load(SeqCst);
            x.store(1, SeqCst);
            b
        });
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b}");
}
