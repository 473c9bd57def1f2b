//! A thread reads its own store, which is not yet in memory, and another's comes before it.
//!
//! `1 0 1`: sc forbids, tso allows, cpp20 allows (Sewell et al. 2010, n6).
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| {
            x.store(1, Relaxed);
            let a = x.load(Relaxed);
            let b = y.load(Relaxed);
            (a, b)
        });
        s.spawn(|| {
            y.store(1, Relaxed);
            x.store(2, Relaxed);
        });
        t1.join().unwrap()
    });
    println!("{a} {b} {}", x.load(Relaxed));
}
