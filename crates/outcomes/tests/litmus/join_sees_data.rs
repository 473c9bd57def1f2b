//! Who joins a thread sees what it did.
//!
//! `race`: sc forbids, tso forbids, cpp20 forbids (N4861 [thread.thread.member]/4).
//! `1`: sc allows, tso allows, cpp20 allows.
use std::thread;

static mut DATA: u32 = 0;

fn main() {
    let a = thread::scope(|s| {
        let t1 = s.spawn(|| unsafe {
            DATA = 1;
        });
        t1.join().unwrap();
        unsafe { DATA }
    });
    println!("{a}");
}
