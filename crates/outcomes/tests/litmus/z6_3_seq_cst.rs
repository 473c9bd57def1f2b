//! Z6.3, seq_cst.
//!
//! `1 0 2`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y, z) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, SeqCst);
            y.store(1, SeqCst);
        });
        s.spawn(|| {
            y.store(2, SeqCst);
            z.store(1, SeqCst);
        });
        let t3 = s.spawn(|| {
            let a = z.load(SeqCst);
            let b = x.load(SeqCst);
            (a, b)
        });
        t3.join().unwrap()
    });
    println!("{a} {b} {}", y.load(Relaxed));
}
