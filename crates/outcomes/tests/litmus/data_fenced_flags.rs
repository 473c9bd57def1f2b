//! Two flags, relaxed, with seq_cst fences.
//!
//! `race`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*, fence};
use std::thread;

static mut DATA: u32 = 0;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            fence(SeqCst);
            if y.load(Relaxed) == 0 {
                unsafe {
                    DATA += 1;
                }
            }
        });
        s.spawn(|| {
            y.store(1, Relaxed);
            fence(SeqCst);
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
