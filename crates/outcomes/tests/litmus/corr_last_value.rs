//! What is read last is not older than what any reader saw.
//!
//! `2 1 2 1`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    let ((a, b), c) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            x.store(2, Relaxed);
        });
        let t2 = s.spawn(|| {
            let a = x.load(Relaxed);
            let b = x.load(Relaxed);
            (a, b)
        });
        let t3 = s.spawn(|| x.load(Relaxed));
        (t2.join().unwrap(), t3.join().unwrap())
    });
    println!("{a} {b} {c} {}", x.load(Relaxed));
}
