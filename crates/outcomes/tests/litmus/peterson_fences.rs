//! Peterson's lock, relaxed, with a seq_cst fence in each: on x86 enough; in C++ a flag may be seen later than the turn that was given behind it.
//!
//! `true true`: sc forbids, tso forbids, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*, fence};
use std::thread;

fn main() {
    let (x, y, turn) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| {
            x.store(1, Relaxed);
            turn.store(2, Relaxed);
            fence(SeqCst);
            y.load(Relaxed) == 0 || turn.load(Relaxed) == 1
        });
        let t2 = s.spawn(|| {
            y.store(1, Relaxed);
            turn.store(1, Relaxed);
            fence(SeqCst);
            x.load(Relaxed) == 0 || turn.load(Relaxed) == 2
        });
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b}");
}
