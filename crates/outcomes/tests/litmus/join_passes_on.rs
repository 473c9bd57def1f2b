//! A thread joined by another thread, which main joins.
//!
//! `race`: sc forbids, tso forbids, cpp20 forbids.
//! `1`: sc allows, tso allows, cpp20 allows.
use std::thread;

static mut DATA: u32 = 0;

fn main() {
    let a = thread::scope(|s| {
        let t1 = s.spawn(|| unsafe {
            DATA = 1;
        });
        let t2 = s.spawn(move || t1.join().unwrap());
        t2.join().unwrap();
        unsafe { DATA }
    });
    println!("{a}");
}
