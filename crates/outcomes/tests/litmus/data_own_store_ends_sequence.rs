//! Data passed by a store that the releasing thread has overwritten, relaxed.
//!
//! `race`: sc forbids, tso forbids, cpp20 reports.
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
            f.store(2, Relaxed);
        });
        let t2 = s.spawn(|| {
            if f.load(Acquire) == 2 {
                unsafe { DATA }
            } else {
                9
            }
        });
        t2.join().unwrap()
    });
    println!("{a}");
}
