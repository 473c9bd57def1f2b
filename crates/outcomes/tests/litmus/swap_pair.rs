//! Two swaps: one gets 0, the other gets the first one's value.
//!
//! `0 0`: sc forbids, tso forbids, cpp20 forbids.
//! `2 1`: sc forbids, tso forbids, cpp20 forbids.
//! `0 1`: sc allows, tso allows, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| x.swap(1, Relaxed));
        let t2 = s.spawn(|| x.swap(2, Relaxed));
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b}");
}
