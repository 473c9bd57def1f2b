//! Who wins the claim initialises and publishes; the other reads only what is published.
//!
//! `race`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

static mut DATA: u32 = 0;

fn main() {
    let (claim, ready) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| {
            if claim.compare_exchange(0, 1, Relaxed, Relaxed).is_ok() {
                unsafe {
                    DATA = 5;
                }
                ready.store(1, Release);
            }
            if ready.load(Acquire) == 1 {
                unsafe { DATA }
            } else {
                9
            }
        });
        let t2 = s.spawn(|| {
            if claim.compare_exchange(0, 1, Relaxed, Relaxed).is_ok() {
                unsafe {
                    DATA = 5;
                }
                ready.store(1, Release);
            }
            if ready.load(Acquire) == 1 {
                unsafe { DATA }
            } else {
                9
            }
        });
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b}");
}
