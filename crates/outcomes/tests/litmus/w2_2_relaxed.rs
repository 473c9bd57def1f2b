//! Two threads write two locations in opposite order: each one's first store may come last.
//!
//! `1 1`: sc forbids, tso forbids, cpp20 allows (Alglave, Maranget and Tautschnig 2014, 2+2W).
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            y.store(2, Relaxed);
        });
        s.spawn(|| {
            y.store(1, Relaxed);
            x.store(2, Relaxed);
        });
    });
    println!("{} {}", x.load(Relaxed), y.load(Relaxed));
}
