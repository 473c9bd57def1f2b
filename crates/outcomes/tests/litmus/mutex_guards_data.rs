//! Data that is no part of the lock is guarded by it.
//!
//! `race`: sc forbids, tso forbids, cpp20 forbids.
//! `2`: sc allows, tso allows, cpp20 allows.
use std::sync::Mutex;
use std::thread;

static mut DATA: u32 = 0;

fn main() {
    let m = Mutex::new(0);
    thread::scope(|s| {
        s.spawn(|| {
            let _g = m.lock().unwrap();
            unsafe {
                DATA += 1;
            }
        });
        s.spawn(|| {
            let _g = m.lock().unwrap();
            unsafe {
                DATA += 1;
            }
        });
    });
    let last = unsafe { DATA };
    println!("{last}");
}
