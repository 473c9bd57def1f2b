//! Store buffering, read by compare_exchange that fails; where it fails it is a relaxed load, whatever its success ordering.
//!
//! `Err(0) Err(0)`: sc forbids, tso forbids, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| {
            x.store(1, SeqCst);
            y.compare_exchange(5, 6, SeqCst, Relaxed)
        });
        let t2 = s.spawn(|| {
            y.store(1, SeqCst);
            x.compare_exchange(5, 6, SeqCst, Relaxed)
        });
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a:?} {b:?}");
}
