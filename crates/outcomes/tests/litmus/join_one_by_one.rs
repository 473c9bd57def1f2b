//! Two threads, one after the other, need no atomics.
//!
//! `race`: sc forbids, tso forbids, cpp20 forbids.
//! `2`: sc allows, tso allows, cpp20 allows.
use std::thread;

static mut DATA: u32 = 0;

fn main() {
    thread::scope(|s| {
        s.spawn(|| unsafe {
            DATA += 1;
        })
        .join()
        .unwrap();
        s.spawn(|| unsafe {
            DATA += 1;
        })
        .join()
        .unwrap();
    });
    let last = unsafe { DATA };
    println!("{last}");
}
