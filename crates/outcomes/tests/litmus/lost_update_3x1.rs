//! Three increments by load and store.
//!
//! `0`: sc forbids, tso forbids, cpp20 forbids.
//! `1`: sc allows, tso allows, cpp20 allows.
//! `3`: sc allows, tso allows, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    thread::scope(|s| {
        s.spawn(|| {
            let a = x.load(Relaxed);
            x.store(a + 1, Relaxed);
        });
        s.spawn(|| {
            let a = x.load(Relaxed);
            x.store(a + 1, Relaxed);
        });
        s.spawn(|| {
            let a = x.load(Relaxed);
            x.store(a + 1, Relaxed);
        });
    });
    println!("{}", x.load(Relaxed));
}
