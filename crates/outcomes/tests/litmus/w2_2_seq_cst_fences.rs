//! The same, relaxed with a seq_cst fence in each.
//!
//! `1 1`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*, fence};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            fence(SeqCst);
            y.store(2, Relaxed);
        });
        s.spawn(|| {
            y.store(1, Relaxed);
            fence(SeqCst);
            x.store(2, Relaxed);
        });
    });
    println!("{} {}", x.load(Relaxed), y.load(Relaxed));
}
