//! The second step can only follow the first.
//!
//! `true true 2`: sc allows, tso allows, cpp20 allows.
//! `false true 2`: sc forbids, tso forbids, cpp20 forbids.
//! `true false 1`: sc allows, tso allows, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| x.compare_exchange(0, 1, Relaxed, Relaxed).is_ok());
        let t2 = s.spawn(|| x.compare_exchange(1, 2, Relaxed, Relaxed).is_ok());
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b} {}", x.load(Relaxed));
}
