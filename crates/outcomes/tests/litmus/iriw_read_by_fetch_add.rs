//! Two readers that read by AcqRel read-modify-writes.
//!
//! `1 0 1 0`: sc forbids, tso forbids, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let ((a, b), (c, d)) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Release);
        });
        s.spawn(|| {
            y.store(1, Release);
        });
        let t3 = s.spawn(|| {
            let a = x.fetch_add(0, AcqRel);
            let b = y.fetch_add(0, AcqRel);
            (a, b)
        });
        let t4 = s.spawn(|| {
            let c = y.fetch_add(0, AcqRel);
            let d = x.fetch_add(0, AcqRel);
            (c, d)
        });
        (t3.join().unwrap(), t4.join().unwrap())
    });
    println!("{a} {b} {c} {d}");
}
