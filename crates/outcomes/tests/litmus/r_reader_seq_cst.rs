//! R: only the reader is seq_cst.
//!
//! `0 2`: sc forbids, tso forbids, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let a = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Release);
            y.store(1, Release);
        });
        let t2 = s.spawn(|| {
            y.store(2, SeqCst);
            x.load(SeqCst)
        });
        t2.join().unwrap()
    });
    println!("{a} {}", y.load(Relaxed));
}
