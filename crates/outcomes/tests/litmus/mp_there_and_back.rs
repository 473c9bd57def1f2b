//! A message and its answer.
//!
//! `1 0 1 1`: sc forbids, tso forbids, cpp20 forbids.
//! `1 1 1 0`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y, f, g) = (
        AtomicU32::new(0),
        AtomicU32::new(0),
        AtomicU32::new(0),
        AtomicU32::new(0),
    );
    let ((c, d), (a, b)) = thread::scope(|s| {
        let t1 = s.spawn(|| {
            x.store(1, Relaxed);
            f.store(1, Release);
            let c = g.load(Acquire);
            let d = y.load(Relaxed);
            (c, d)
        });
        let t2 = s.spawn(|| {
            let a = f.load(Acquire);
            let b = x.load(Relaxed);
            y.store(1, Relaxed);
            g.store(a, Release);
            (a, b)
        });
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{c} {d} {a} {b}");
}
