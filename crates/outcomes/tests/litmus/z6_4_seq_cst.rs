//! Z6.4, seq_cst.
//!
//! `0 0 2`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y, z) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, SeqCst);
            y.store(1, SeqCst);
        });
        let t2 = s.spawn(|| {
            y.store(2, SeqCst);
            z.load(SeqCst)
        });
        let t3 = s.spawn(|| {
            z.store(1, SeqCst);
            x.load(SeqCst)
        });
        (t2.join().unwrap(), t3.join().unwrap())
    });
    println!("{a} {b} {}", y.load(Relaxed));
}
