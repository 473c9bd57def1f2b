//! W+RWC: seq_cst at the ends, release and acquire between: that strongly happens before.
//!
//! `1 0 0`: sc forbids, tso forbids, cpp20 forbids (N4861 [intro.races]/12.3).
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, f, y) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
    let ((a, b), c) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, SeqCst);
            f.store(1, Release);
        });
        let t2 = s.spawn(|| {
            let a = f.load(Acquire);
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
