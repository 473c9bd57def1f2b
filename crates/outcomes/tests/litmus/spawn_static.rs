//! Free threads that share statics.
//!
//! `0 0`: sc forbids, tso allows, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

static X: AtomicU32 = AtomicU32::new(0);
static Y: AtomicU32 = AtomicU32::new(0);

fn main() {
    let t1 = thread::spawn(|| {
        X.store(1, Relaxed);
        Y.load(Relaxed)
    });
    let t2 = thread::spawn(|| {
        Y.store(1, Relaxed);
        X.load(Relaxed)
    });
    let (a, b) = (t1.join().unwrap(), t2.join().unwrap());
    println!("{a} {b}");
}
