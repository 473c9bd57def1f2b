//! S with fences.
//!
//! `1 2`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*, fence};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let a = thread::scope(|s| {
        s.spawn(|| {
            x.store(2, Relaxed);
            fence(Release);
            y.store(1, Relaxed);
        });
        let t2 = s.spawn(|| {
            let a = y.load(Relaxed);
            fence(Acquire);
            x.store(1, Relaxed);
            a
        });
        t2.join().unwrap()
    });
    println!("{a} {}", x.load(Relaxed));
}
