//! Main reads before it joins.
//!
//! `race`: sc reports, tso reports, cpp20 reports.
use std::thread;

static mut DATA: u32 = 0;

fn main() {
    let a = thread::scope(|s| {
        let t1 = s.spawn(|| unsafe {
            DATA = 1;
        });
        let a = unsafe { DATA };
        t1.join().unwrap();
        a
    });
    println!("{a}");
}
