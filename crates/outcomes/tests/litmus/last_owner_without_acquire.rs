//! The last owner doesn't acquire.
//!
//! `race`: sc forbids, tso forbids, cpp20 reports.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

static mut DATA: u32 = 0;

fn main() {
    let n = AtomicU32::new(2);
    let a = thread::scope(|s| {
        s.spawn(|| {
            unsafe {
                DATA = 7;
            }
            n.fetch_sub(1, Release);
        });
        let t2 = s.spawn(|| {
            if n.fetch_sub(1, Release) == 1 {
                unsafe { DATA }
            } else {
                9
            }
        });
        t2.join().unwrap()
    });
    println!("{a}");
}
