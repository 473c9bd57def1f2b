//! A thread sees what was done before it was started.
//!
//! `race`: sc forbids, tso forbids, cpp20 forbids (N4861 [thread.thread.constr]/6).
//! `1`: sc allows, tso allows, cpp20 allows.
use std::thread;

static mut DATA: u32 = 0;

fn main() {
    unsafe {
        DATA = 1;
    }
    let a = thread::scope(|s| s.spawn(|| unsafe { DATA }).join().unwrap());
    println!("{a}");
}
