//! A relaxed store before a thread starts is seen by it; of a later one nothing is known.
//!
//! `0`: sc forbids, tso forbids, cpp20 forbids.
//! `1`: sc allows, tso allows, cpp20 allows.
//! `2`: sc allows, tso allows, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    x.store(1, Relaxed);
    let a = thread::scope(|s| {
        let t1 = s.spawn(|| x.load(Relaxed));
        x.store(2, Relaxed);
        t1.join().unwrap()
    });
    println!("{a}");
}
