//! R, relaxed with seq_cst fences.
//!
//! `0 2`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*, fence};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let a = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            fence(SeqCst);
            y.store(1, Relaxed);
        });
        let t2 = s.spawn(|| {
            y.store(2, Relaxed);
            fence(SeqCst);
            x.load(Relaxed)
        });
        t2.join().unwrap()
    });
    println!("{a} {}", y.load(Relaxed));
}
