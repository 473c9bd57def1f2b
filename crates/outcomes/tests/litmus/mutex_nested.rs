//! Two locks, always taken in the same order.
//!
//! `1 2`: sc forbids, tso forbids, cpp20 forbids.
//! `2 1`: sc allows, tso allows, cpp20 allows.
//! `2 2`: sc allows, tso allows, cpp20 allows.
use std::sync::Mutex;
use std::thread;

fn main() {
    let m = Mutex::new(0);
    let n = Mutex::new(0);
    thread::scope(|s| {
        s.spawn(|| {
            let mut g = m.lock().unwrap();
            let mut h = n.lock().unwrap();
            *g += 1;
            *h = 1;
        });
        s.spawn(|| {
            let mut g = m.lock().unwrap();
            let mut h = n.lock().unwrap();
            *g += 1;
            *h = 2;
        });
    });
    let p = *m.lock().unwrap();
    let q = *n.lock().unwrap();
    println!("{p} {q}");
}
