//! Three threads: a message goes from lock to lock.
//!
//! `1 1 0`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    let m = Mutex::new(0);
    let n = Mutex::new(0);
    let (a, (b, c)) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            *m.lock().unwrap() = 1;
        });
        let t2 = s.spawn(|| {
            let a = *m.lock().unwrap();
            if a == 1 {
                *n.lock().unwrap() = 1;
            }
            a
        });
        let t3 = s.spawn(|| {
            let b = *n.lock().unwrap();
            let c = x.load(Relaxed);
            (b, c)
        });
        (t2.join().unwrap(), t3.join().unwrap())
    });
    println!("{a} {b} {c}");
}
