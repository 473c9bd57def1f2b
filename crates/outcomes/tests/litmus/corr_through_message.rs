//! Who got a message doesn't read older stores than its sender had read.
//!
//! `1 1 0`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, f) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, (b, c)) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
        });
        let t2 = s.spawn(|| {
            let a = x.load(Relaxed);
            f.store(1, Release);
            a
        });
        let t3 = s.spawn(|| {
            let b = f.load(Acquire);
            let c = x.load(Relaxed);
            (b, c)
        });
        (t2.join().unwrap(), t3.join().unwrap())
    });
    println!("{a} {b} {c}");
}
