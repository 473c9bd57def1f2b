//! Three stores, three reads: they never go back.
//!
//! `3 1 2`: sc forbids, tso forbids, cpp20 forbids.
//! `2 3 1`: sc forbids, tso forbids, cpp20 forbids.
//! `1 2 3`: sc allows, tso allows, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    let (a, b, c) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            x.store(2, Relaxed);
            x.store(3, Relaxed);
        });
        let t2 = s.spawn(|| {
            let a = x.load(Relaxed);
            let b = x.load(Relaxed);
            let c = x.load(Relaxed);
            (a, b, c)
        });
        t2.join().unwrap()
    });
    println!("{a} {b} {c}");
}
