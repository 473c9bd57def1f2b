//! Z6.U with the release store made seq_cst.
//!
//! `1 3 0`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let ((a, b), c) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, SeqCst);
            y.store(1, SeqCst);
        });
        let t2 = s.spawn(|| {
            let a = y.fetch_add(1, SeqCst);
            let b = y.load(Relaxed);
            (a, b)
        });
        let t3 = s.spawn(|| {
            y.store(3, SeqCst);
            x.load(SeqCst)
        });
        (t2.join().unwrap(), t3.join().unwrap())
    });
    println!("{a} {b} {c}");
}
