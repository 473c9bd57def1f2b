//! A lock given back relaxed.
//!
//! `race`: sc forbids, tso forbids, cpp20 reports.
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
                l.store(0, Relaxed);
            }
        });
        s.spawn(|| {
            if l.compare_exchange(0, 1, Acquire, Relaxed).is_ok() {
                unsafe {
                    DATA += 1;
                }
                l.store(0, Relaxed);
            }
        });
    });
    let last = unsafe { DATA };
    println!("{last}");
}
