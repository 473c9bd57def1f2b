//! Each thread sees its own store before the other does.
//!
//! `1 0 1 0`: sc forbids, tso allows, cpp20 allows (Sewell et al. 2010, n5 and the like).
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let ((a, b), (c, d)) = thread::scope(|s| {
        let t1 = s.spawn(|| {
            x.store(1, Relaxed);
            let a = x.load(Relaxed);
            let b = y.load(Relaxed);
            (a, b)
        });
        let t2 = s.spawn(|| {
            y.store(1, Relaxed);
            let c = y.load(Relaxed);
            let d = x.load(Relaxed);
            (c, d)
        });
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b} {c} {d}");
}
