//! The ordering of a store is nothing to its location's order.
//!
//! `2 1`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    let (a, b) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, SeqCst);
            x.store(2, Relaxed);
        });
        let t2 = s.spawn(|| {
            let a = x.load(Relaxed);
            let b = x.load(Acquire);
            (a, b)
        });
        t2.join().unwrap()
    });
    println!("{a} {b}");
}
