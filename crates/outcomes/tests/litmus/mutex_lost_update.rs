//! Reading under the lock, then writing under it: an update may be lost.
//!
//! `1`: sc allows, tso allows, cpp20 allows.
//! `2`: sc allows, tso allows, cpp20 allows.
//! `0`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::Mutex;
use std::thread;

fn main() {
    let m = Mutex::new(0);
    thread::scope(|s| {
        s.spawn(|| {
            let n = *m.lock().unwrap();
            *m.lock().unwrap() = n + 1;
        });
        s.spawn(|| {
            let n = *m.lock().unwrap();
            *m.lock().unwrap() = n + 1;
        });
    });
    let last = *m.lock().unwrap();
    println!("{last}");
}
