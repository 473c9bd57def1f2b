//! Peterson's lock where the turn is given by an AcqRel swap: who swaps second knows the other's flag.
//!
//! `true true`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y, turn) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| {
            x.store(1, Relaxed);
            turn.swap(2, AcqRel);
            y.load(Relaxed) == 0 || turn.load(Relaxed) == 1
        });
        let t2 = s.spawn(|| {
            y.store(1, Relaxed);
            turn.swap(1, AcqRel);
            x.load(Relaxed) == 0 || turn.load(Relaxed) == 2
        });
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b}");
}
