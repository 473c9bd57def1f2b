//! Message passing: compare_exchange fails, relaxed; that it would acquire on success doesn't matter.
//!
//! `false 0`: sc forbids, tso forbids, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, f) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            f.store(1, Release);
        });
        let t2 = s.spawn(|| {
            let a = f.compare_exchange(0, 2, Acquire, Relaxed).is_ok();
            let b = x.load(Relaxed);
            (a, b)
        });
        t2.join().unwrap()
    });
    println!("{a} {b}");
}
