//! Stores of two threads, one after the other's message, stay in order.
//!
//! `1 1`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, f) = (AtomicU32::new(0), AtomicU32::new(0));
    let a = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            f.store(1, Release);
        });
        let t2 = s.spawn(|| {
            let a = f.load(Acquire);
            if a == 1 {
                x.store(2, Relaxed);
            }
            a
        });
        t2.join().unwrap()
    });
    println!("{a} {}", x.load(Relaxed));
}
