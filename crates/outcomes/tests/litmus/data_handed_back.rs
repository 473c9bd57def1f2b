//! Data goes there, is changed, and comes back.
//!
//! `42`: sc forbids, tso forbids, cpp20 forbids.
//! `43`: sc allows, tso allows, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

static mut DATA: u32 = 0;

fn main() {
    let (f, g) = (AtomicU32::new(0), AtomicU32::new(0));
    let b = thread::scope(|s| {
        let t1 = s.spawn(|| {
            unsafe {
                DATA = 42;
            }
            f.store(1, Release);
            if g.load(Acquire) == 1 {
                unsafe { DATA }
            } else {
                0
            }
        });
        s.spawn(|| {
            if f.load(Acquire) == 1 {
                unsafe {
                    DATA += 1;
                }
                g.store(1, Release);
            }
        });
        t1.join().unwrap()
    });
    println!("{b}");
}
