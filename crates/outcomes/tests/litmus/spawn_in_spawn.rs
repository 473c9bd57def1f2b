//! A thread started by a thread sees what main did before both.
//!
//! `race`: sc forbids, tso forbids, cpp20 forbids.
//! `1`: sc allows, tso allows, cpp20 allows.
use std::thread;

static mut DATA: u32 = 0;

fn main() {
    unsafe {
        DATA = 1;
    }
    let a = thread::scope(|s| {
        let t1 = s.spawn(|| thread::scope(|s| s.spawn(|| unsafe { DATA }).join().unwrap()));
        t1.join().unwrap()
    });
    println!("{a}");
}
