//! The flag is looked at three times, at most; once it is up the message is there.
//!
//! `true 0`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, f) = (AtomicU32::new(0), AtomicU32::new(0));
    let (seen, b) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            f.store(1, Release);
        });
        let t2 = s.spawn(|| {
            let mut seen = false;
            for _ in 0..3 {
                if f.load(Acquire) == 1 {
                    seen = true;
                    break;
                }
            }
            let b = x.load(Relaxed);
            (seen, b)
        });
        t2.join().unwrap()
    });
    println!("{seen} {b}");
}
