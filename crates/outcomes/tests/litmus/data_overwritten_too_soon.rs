//! The writer goes on to the next message without waiting.
//!
//! `race`: sc reports, tso reports, cpp20 reports.
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
            unsafe {
                DATA = 43;
            }
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
