//! Two threads write one static.
//!
//! `race`: sc reports, tso reports, cpp20 reports (N4861 [intro.races]/21).
use std::thread;

static mut DATA: u32 = 0;

fn main() {
    thread::scope(|s| {
        s.spawn(|| unsafe {
            DATA = 1;
        });
        s.spawn(|| unsafe {
            DATA = 2;
        });
    });
    let last = unsafe { DATA };
    println!("{last}");
}
