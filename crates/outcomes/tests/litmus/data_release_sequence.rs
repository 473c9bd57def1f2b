//! Data passed through another thread's relaxed increment.
//!
//! `race`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

static mut DATA: u32 = 0;

fn main() {
    let f = AtomicU32::new(0);
    let a = thread::scope(|s| {
        s.spawn(|| {
            unsafe {
                DATA = 42;
            }
            f.store(1, Release);
        });
        s.spawn(|| {
            f.fetch_add(1, Relaxed);
        });
        let t3 = s.spawn(|| {
            if f.load(Acquire) > 1 {
                unsafe { DATA }
            } else {
                9
            }
        });
        t3.join().unwrap()
    });
    println!("{a}");
}
