//! A lock that is tried once: what it guards doesn't race.
//!
//! `race`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

static mut DATA: u32 = 0;

fn main() {
    let l = AtomicU32::new(0);
    thread::scope(|s| {
        s.spawn(|| {
            if l.compare_exchange(0, 1, Acquire, Relaxed).is_ok() {
                unsafe {
                    DATA += 1;
                }
                l.store(0, Release);
            }
        });
        s.spawn(|| {
            if l.compare_exchange(0, 1, Acquire, Relaxed).is_ok() {
                unsafe {
                    DATA += 1;
                }
                l.store(0, Release);
            }
        });
    });
    let last = unsafe { DATA };
    println!("{last}");
}
