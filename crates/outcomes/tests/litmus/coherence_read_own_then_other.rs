//! A thread that overwrote another's store doesn't read it again.
//!
//! `2 1`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    let (b, c) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
        });
        let t2 = s.spawn(|| {
            let a = x.load(Relaxed);
            if a == 1 {
                x.store(2, Relaxed);
            }
            let b = x.load(Relaxed);
            let c = x.load(Relaxed);
            (b, c)
        });
        t2.join().unwrap()
    });
    println!("{b} {c}");
}
