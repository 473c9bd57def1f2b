//! Three swaps in some order: no value is got twice.
//!
//! `0 0 1`: sc forbids, tso forbids, cpp20 forbids.
//! `0 1 2`: sc allows, tso allows, cpp20 allows.
//! `0 1 1`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    let (a, b, c) = thread::scope(|s| {
        let t1 = s.spawn(|| x.swap(1, Relaxed));
        let t2 = s.spawn(|| x.swap(2, Relaxed));
        let t3 = s.spawn(|| x.swap(3, Relaxed));
        (t1.join().unwrap(), t2.join().unwrap(), t3.join().unwrap())
    });
    println!("{a} {b} {c}");
}
