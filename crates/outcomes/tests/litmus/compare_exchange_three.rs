//! Of three who try, one wins.
//!
//! `true true false`: sc forbids, tso forbids, cpp20 forbids.
//! `false false false`: sc forbids, tso forbids, cpp20 forbids.
//! `false true false`: sc allows, tso allows, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    let (a, b, c) = thread::scope(|s| {
        let t1 = s.spawn(|| x.compare_exchange(0, 1, Relaxed, Relaxed).is_ok());
        let t2 = s.spawn(|| x.compare_exchange(0, 2, Relaxed, Relaxed).is_ok());
        let t3 = s.spawn(|| x.compare_exchange(0, 3, Relaxed, Relaxed).is_ok());
        (t1.join().unwrap(), t2.join().unwrap(), t3.join().unwrap())
    });
    println!("{a} {b} {c}");
}
