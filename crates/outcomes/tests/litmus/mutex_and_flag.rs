//! A flag read outside the lock says nothing about what is inside, but the lock does.
//!
//! `1 0`: sc forbids, tso forbids, cpp20 allows.
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let f = AtomicU32::new(0);
    let m = Mutex::new(0);
    let (a, b) = thread::scope(|s| {
        s.spawn(|| {
            *m.lock().unwrap() = 1;
            f.store(1, Relaxed);
        });
        let t2 = s.spawn(|| {
            let a = f.load(Relaxed);
            let b = *m.lock().unwrap();
            (a, b)
        });
        t2.join().unwrap()
    });
    println!("{a} {b}");
}
