//! S without the acquire.
//!
//! `1 2`: sc forbids, tso forbids, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let a = thread::scope(|s| {
        s.spawn(|| {
            x.store(2, Relaxed);
            y.store(1, Release);
        });
        let t2 = s.spawn(|| {
            let a = y.load(Relaxed);
            x.store(1, Relaxed);
            a
        });
        t2.join().unwrap()
    });
    println!("{a} {}", x.load(Relaxed));
}
