//! Two readers of one static.
//!
//! `0 0`: sc allows, tso allows, cpp20 allows.
use std::thread;

static mut DATA: u32 = 0;

fn main() {
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| unsafe { DATA });
        let t2 = s.spawn(|| unsafe { DATA });
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b}");
}
