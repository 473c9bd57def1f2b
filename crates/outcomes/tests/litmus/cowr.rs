//! A thread reads its own store, or what came after it.
//!
//! `0 1`: sc forbids, tso forbids, cpp20 forbids (N4861 [intro.races]/18).
//! `2 1`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    let a = thread::scope(|s| {
        let t1 = s.spawn(|| {
            x.store(1, Relaxed);
            x.load(Relaxed)
        });
        s.spawn(|| {
            x.store(2, Relaxed);
        });
        t1.join().unwrap()
    });
    println!("{a} {}", x.load(Relaxed));
}
