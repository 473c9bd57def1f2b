//! Three threads write three locations in a ring, seq_cst.
//!
//! `1 1 1`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y, z) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
    thread::scope(|s| {
        s.spawn(|| {
            x.store(1, SeqCst);
            y.store(2, SeqCst);
        });
        s.spawn(|| {
            y.store(1, SeqCst);
            z.store(2, SeqCst);
        });
        s.spawn(|| {
            z.store(1, SeqCst);
            x.store(2, SeqCst);
        });
    });
    println!(
        "{} {} {}",
        x.load(Relaxed),
        y.load(Relaxed),
        z.load(Relaxed)
    );
}
