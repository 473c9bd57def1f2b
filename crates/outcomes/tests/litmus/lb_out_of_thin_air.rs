//! Each thread copies what it reads: nothing but 0 can come of it.
//!
//! `1 1`: sc forbids, tso forbids, cpp20 forbids (Lahav et al. 2017, OOTA).
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| {
            let a = x.load(Relaxed);
            y.store(a, Relaxed);
            a
        });
        let t2 = s.spawn(|| {
            let b = y.load(Relaxed);
            x.store(b, Relaxed);
            b
        });
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b}");
}
