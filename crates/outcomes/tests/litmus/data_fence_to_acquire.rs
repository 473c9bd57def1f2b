//! Data passed by a release fence and an acquire load.
//!
//! `0`: sc forbids, tso forbids, cpp20 forbids.
//! `42`: sc allows, tso allows, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*, fence};
use std::thread;

static mut DATA: u32 = 0;

fn main() {
    let f = AtomicU32::new(0);
    let a = thread::scope(|s| {
        s.spawn(|| {
            unsafe {
                DATA = 42;
            }
            fence(Release);
            f.store(1, Relaxed);
        });
        let t2 = s.spawn(|| {
            if f.load(Acquire) == 1 {
                unsafe { DATA }
            } else {
                9
            }
        });
        t2.join().unwrap()
    });
    println!("{a}");
}
