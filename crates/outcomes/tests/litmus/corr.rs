//! Two reads of one location don't go backwards.
//!
//! `1 0`: sc forbids, tso forbids, cpp20 forbids (N4861 [intro.races]/16).
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    let (a, b) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
        });
        let t2 = s.spawn(|| {
            let a = x.load(Relaxed);
            let b = x.load(Relaxed);
            (a, b)
        });
        t2.join().unwrap()
    });
    println!("{a} {b}");
}
