//! Data passed on by a thread that never looks at it.
//!
//! `race`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

static mut DATA: u32 = 0;

fn main() {
    let (f, g) = (AtomicU32::new(0), AtomicU32::new(0));
    let a = thread::scope(|s| {
        s.spawn(|| {
            unsafe {
                DATA = 42;
            }
            f.store(1, Release);
        });
        s.spawn(|| {
            if f.load(Acquire) == 1 {
                g.store(1, Release);
            }
        });
        let t3 = s.spawn(|| {
            if g.load(Acquire) == 1 {
                unsafe { DATA }
            } else {
                9
            }
        });
        t3.join().unwrap()
    });
    println!("{a}");
}
