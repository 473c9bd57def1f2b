//! Store buffering, read by AcqRel read-modify-writes: each reads the newest store, but of its own location only.
//!
//! `0 0`: sc forbids, tso forbids, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| {
            x.store(1, Relaxed);
            y.fetch_add(0, AcqRel)
        });
        let t2 = s.spawn(|| {
            y.store(1, Relaxed);
            x.fetch_add(0, AcqRel)
        });
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b}");
}
