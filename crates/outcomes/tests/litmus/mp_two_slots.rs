//! A writer fills two slots and publishes an index twice; whoever sees an index sees its slot.
//!
//! `1 0`: sc forbids, tso forbids, cpp20 forbids.
//! `2 0`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y, i) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            i.store(1, Release);
            y.store(2, Relaxed);
            i.store(2, Release);
        });
        let t2 = s.spawn(|| {
            let a = i.load(Acquire);
            let b = if a == 2 {
                y.load(Relaxed)
            } else {
                x.load(Relaxed)
            };
            (a, b)
        });
        t2.join().unwrap()
    });
    println!("{a} {b}");
}
