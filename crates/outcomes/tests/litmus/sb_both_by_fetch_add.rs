//! Store buffering, written and read by AcqRel read-modify-writes: a read of 0 is overwritten by the other's, which acquires from it and so knows the first store.
//!
//! `0 0`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| {
            x.fetch_add(1, AcqRel);
            y.fetch_add(0, AcqRel)
        });
        let t2 = s.spawn(|| {
            y.fetch_add(1, AcqRel);
            x.fetch_add(0, AcqRel)
        });
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b}");
}
