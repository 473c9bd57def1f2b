//! Store buffering where the store and the load are one read-modify-write on one location.
//!
//! `0 0`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| x.fetch_or(1, Relaxed));
        let t2 = s.spawn(|| x.fetch_or(2, Relaxed));
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b}");
}
