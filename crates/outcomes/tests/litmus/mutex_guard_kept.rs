//! One guard for the read and the write.
//!
//! `1`: sc forbids, tso forbids, cpp20 forbids.
//! `2`: sc allows, tso allows, cpp20 allows.
use std::sync::Mutex;
use std::thread;

fn main() {
    let m = Mutex::new(0);
    thread::scope(|s| {
        s.spawn(|| {
            let mut g = m.lock().unwrap();
            let n = *g;
            *g = n + 1;
        });
        s.spawn(|| {
            let mut g = m.lock().unwrap();
            let n = *g;
            *g = n + 1;
        });
    });
    let last = *m.lock().unwrap();
    println!("{last}");
}
