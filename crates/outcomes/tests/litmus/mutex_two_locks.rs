//! Two locks don't guard one datum.
//!
//! `race`: sc reports, tso reports, cpp20 reports.
use std::sync::Mutex;
use std::thread;

static mut DATA: u32 = 0;

fn main() {
    let m = Mutex::new(0);
    let n = Mutex::new(0);
    thread::scope(|s| {
        s.spawn(|| {
            let _g = m.lock().unwrap();
            unsafe {
                DATA += 1;
            }
        });
        s.spawn(|| {
            let _g = n.lock().unwrap();
            unsafe {
                DATA += 1;
            }
        });
    });
    let last = unsafe { DATA };
    println!("{last}");
}
