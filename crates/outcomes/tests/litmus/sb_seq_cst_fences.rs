//! Store buffering, relaxed, with a seq_cst fence in each thread.
//!
//! `0 0`: sc forbids, tso forbids, cpp20 forbids (Lahav et al. 2017, SB with fences).
use std::sync::atomic::{AtomicU32, Ordering::*, fence};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| {
            x.store(1, Relaxed);
            fence(SeqCst);
            y.load(Relaxed)
        });
        let t2 = s.spawn(|| {
            y.store(1, Relaxed);
            fence(SeqCst);
            x.load(Relaxed)
        });
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b}");
}
