//! A guard that is not bound to a name is dropped at the statement's end.
//!
//! `race`: sc reports, tso reports, cpp20 reports.
use std::sync::Mutex;
use std::thread;

static mut DATA: u32 = 0;

fn main() {
    let m = Mutex::new(0);
    thread::scope(|s| {
        s.spawn(|| {
            let _ = *m.lock().unwrap();
            unsafe {
                DATA += 1;
            }
        });
        s.spawn(|| {
            let _ = *m.lock().unwrap();
            unsafe {
                DATA += 1;
            }
        });
    });
    let last = unsafe { DATA };
    println!("{last}");
}
