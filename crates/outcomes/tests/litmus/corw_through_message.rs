//! Who read before a message doesn't read what is stored after it.
//!
//! `1 1`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, f) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| {
            let a = x.load(Relaxed);
            f.store(1, Release);
            a
        });
        let t2 = s.spawn(|| {
            let b = f.load(Acquire);
            if b == 1 {
                x.store(1, Relaxed);
            }
            b
        });
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b}");
}
