//! Two threads, two increments each, by load and store.
//!
//! `1`: sc forbids, tso forbids, cpp20 forbids.
//! `2`: sc allows, tso allows, cpp20 allows.
//! `4`: sc allows, tso allows, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    thread::scope(|s| {
        s.spawn(|| {
            let a = x.load(Relaxed);
            x.store(a + 1, Relaxed);
            let a = x.load(Relaxed);
            x.store(a + 1, Relaxed);
        });
        s.spawn(|| {
            let a = x.load(Relaxed);
            x.store(a + 1, Relaxed);
            let a = x.load(Relaxed);
            x.store(a + 1, Relaxed);
        });
    });
    println!("{}", x.load(Relaxed));
}
