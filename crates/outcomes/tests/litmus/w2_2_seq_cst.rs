//! The same, seq_cst.
//!
//! `1 1`: sc forbids, tso forbids, cpp20 forbids (Lahav et al. 2017, 2+2W).
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    thread::scope(|s| {
        s.spawn(|| {
            x.store(1, SeqCst);
            y.store(2, SeqCst);
        });
        s.spawn(|| {
            y.store(1, SeqCst);
            x.store(2, SeqCst);
        });
    });
    println!("{} {}", x.load(Relaxed), y.load(Relaxed));
}
