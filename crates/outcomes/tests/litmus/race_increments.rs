//! Two threads count without atomics.
//!
//! `race`: sc reports, tso reports, cpp20 reports.
use std::thread;

static mut DATA: u32 = 0;

fn main() {
    thread::scope(|s| {
        s.spawn(|| unsafe {
            DATA += 1;
        });
        s.spawn(|| unsafe {
            DATA += 1;
        });
    });
    let last = unsafe { DATA };
    println!("{last}");
}
