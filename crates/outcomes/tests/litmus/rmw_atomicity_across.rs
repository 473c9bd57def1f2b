//! No store gets between a read-modify-write's read and write.
//!
//! `0 1 2`: sc allows, tso allows, cpp20 allows.
//! `0 2 1`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| x.fetch_add(1, Relaxed));
        let t2 = s.spawn(|| {
            let b = x.load(Relaxed);
            if b == 1 {
                x.store(2, Relaxed);
            }
            b
        });
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b} {}", x.load(Relaxed));
}
