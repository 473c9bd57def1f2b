//! Two owners give up a count; who gave it up last acquires and sees what the other did.
//!
//! `1 9`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*, fence};
use std::thread;

fn main() {
    let (x, n) = (AtomicU32::new(0), AtomicU32::new(2));
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| {
            x.fetch_add(1, Relaxed);
            if n.fetch_sub(1, Release) == 1 {
                fence(Acquire);
                x.load(Relaxed)
            } else {
                9
            }
        });
        let t2 = s.spawn(|| {
            x.fetch_add(1, Relaxed);
            if n.fetch_sub(1, Release) == 1 {
                fence(Acquire);
                x.load(Relaxed)
            } else {
                9
            }
        });
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b}");
}
