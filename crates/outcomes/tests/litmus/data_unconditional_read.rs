//! The flag is acquired, but the data is read whatever it says.
//!
//! `race`: sc reports, tso reports, cpp20 reports.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

static mut DATA: u32 = 0;

fn main() {
    let f = AtomicU32::new(0);
    let (b, a) = thread::scope(|s| {
        s.spawn(|| {
            unsafe {
                DATA = 42;
            }
            f.store(1, Release);
        });
        let t2 = s.spawn(|| {
            let b = f.load(Acquire);
            let a = unsafe { DATA };
            (b, a)
        });
        t2.join().unwrap()
    });
    println!("{b} {a}");
}
