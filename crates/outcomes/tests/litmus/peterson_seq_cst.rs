//! Peterson's lock, each tries once: not both enter.
//!
//! `true true`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y, turn) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| {
            x.store(1, SeqCst);
            turn.store(2, SeqCst);
            y.load(SeqCst) == 0 || turn.load(SeqCst) == 1
        });
        let t2 = s.spawn(|| {
            y.store(1, SeqCst);
            turn.store(1, SeqCst);
            x.load(SeqCst) == 0 || turn.load(SeqCst) == 2
        });
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b}");
}
