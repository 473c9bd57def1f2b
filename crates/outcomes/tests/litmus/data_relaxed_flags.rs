//! Two flags, relaxed: both may think that the data is theirs.
//!
//! `race`: sc forbids, tso reports, cpp20 reports.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

static mut DATA: u32 = 0;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            if y.load(Relaxed) == 0 {
                unsafe {
                    DATA += 1;
                }
            }
        });
        s.spawn(|| {
            y.store(1, Relaxed);
            if x.load(Relaxed) == 0 {
                unsafe {
                    DATA += 1;
                }
            }
        });
    });
    let last = unsafe { DATA };
    println!("{last}");
}
