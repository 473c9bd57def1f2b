//! The guard is dropped before the data is written.
//!
//! `race`: sc reports, tso reports, cpp20 reports.
use std::sync::Mutex;
use std::thread;

static mut DATA: u32 = 0;

fn main() {
    let m = Mutex::new(0);
    thread::scope(|s| {
        s.spawn(|| {
            let g = m.lock().unwrap();
            drop(g);
            unsafe {
                DATA += 1;
            }
        });
        s.spawn(|| {
            let g = m.lock().unwrap();
            drop(g);
            unsafe {
                DATA += 1;
            }
        });
    });
    let last = unsafe { DATA };
    println!("{last}");
}
