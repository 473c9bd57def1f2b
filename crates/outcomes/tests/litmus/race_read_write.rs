//! One thread writes what another reads.
//!
//! `race`: sc reports, tso reports, cpp20 reports (N4861 [intro.races]/21).
use std::thread;

static mut DATA: u32 = 0;

fn main() {
    let a = thread::scope(|s| {
        s.spawn(|| unsafe {
            DATA = 1;
        });
        let t2 = s.spawn(|| unsafe { DATA });
        t2.join().unwrap()
    });
    println!("{a}");
}
