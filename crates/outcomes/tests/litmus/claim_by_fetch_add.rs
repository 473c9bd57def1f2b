//! Who draws number 0 writes, nobody else.
//!
//! `race`: sc forbids, tso forbids, cpp20 forbids.
//! `1`: sc allows, tso allows, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

static mut DATA: u32 = 0;

fn main() {
    let n = AtomicU32::new(0);
    thread::scope(|s| {
        s.spawn(|| {
            if n.fetch_add(1, Relaxed) == 0 {
                unsafe {
                    DATA = 1;
                }
            }
        });
        s.spawn(|| {
            if n.fetch_add(1, Relaxed) == 0 {
                unsafe {
                    DATA = 1;
                }
            }
        });
    });
    let last = unsafe { DATA };
    println!("{last}");
}
