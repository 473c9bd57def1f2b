//! A relaxed flag raised behind the lock: who has seen it gets the lock later, so sees what is inside.
//!
//! `1 0`: sc forbids, tso forbids, cpp20 forbids.
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
