//! A relaxed store before a lock is given back is seen by who takes it next.
//!
//! `1 0`: sc forbids, tso forbids, cpp20 forbids.
//! `0 1`: sc allows, tso allows, cpp20 allows.
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    let m = Mutex::new(0);
    let (a, b) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            *m.lock().unwrap() = 1;
        });
        let t2 = s.spawn(|| {
            let a = *m.lock().unwrap();
            let b = x.load(Relaxed);
            (a, b)
        });
        t2.join().unwrap()
    });
    println!("{a} {b}");
}
