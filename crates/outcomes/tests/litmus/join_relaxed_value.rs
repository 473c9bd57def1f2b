//! After a join its thread's relaxed stores are seen.
//!
//! `0`: sc forbids, tso forbids, cpp20 forbids.
//! `1`: sc forbids, tso forbids, cpp20 forbids.
//! `2`: sc allows, tso allows, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            x.store(2, Relaxed);
        });
    });
    println!("{}", x.load(Relaxed));
}
