//! Main writes after the thread has started.
//!
//! `race`: sc reports, tso reports, cpp20 reports.
use std::thread;

static mut DATA: u32 = 0;

fn main() {
    let a = thread::scope(|s| {
        let t1 = s.spawn(|| unsafe { DATA });
        unsafe {
            DATA = 1;
        }
        t1.join().unwrap()
    });
    println!("{a}");
}
