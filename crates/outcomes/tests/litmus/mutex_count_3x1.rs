//! Three threads count under a lock.
//!
//! `2`: sc forbids, tso forbids, cpp20 forbids.
//! `3`: sc allows, tso allows, cpp20 allows.
use std::sync::Mutex;
use std::thread;

fn main() {
    let m = Mutex::new(0);
    thread::scope(|s| {
        s.spawn(|| {
            *m.lock().unwrap() += 1;
        });
        s.spawn(|| {
            *m.lock().unwrap() += 1;
        });
        s.spawn(|| {
            *m.lock().unwrap() += 1;
        });
    });
    let last = *m.lock().unwrap();
    println!("{last}");
}
