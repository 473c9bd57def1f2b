//! A reader sees a counter go up only.
//!
//! `2 1`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    let (a, b) = thread::scope(|s| {
        s.spawn(|| {
            x.fetch_add(1, Relaxed);
        });
        s.spawn(|| {
            x.fetch_add(1, Relaxed);
        });
        let t3 = s.spawn(|| {
            let a = x.load(Relaxed);
            let b = x.load(Relaxed);
            (a, b)
        });
        t3.join().unwrap()
    });
    println!("{a} {b}");
}
