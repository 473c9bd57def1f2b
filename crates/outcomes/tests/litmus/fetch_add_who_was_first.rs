//! Each increment gets its own number.
//!
//! `0 0`: sc forbids, tso forbids, cpp20 forbids.
//! `0 1`: sc allows, tso allows, cpp20 allows.
//! `1 0`: sc allows, tso allows, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| x.fetch_add(1, Relaxed));
        let t2 = s.spawn(|| x.fetch_add(1, Relaxed));
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b}");
}
