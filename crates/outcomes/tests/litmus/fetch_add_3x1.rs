//! Three increments.
//!
//! `2`: sc forbids, tso forbids, cpp20 forbids.
//! `3`: sc allows, tso allows, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    thread::scope(|s| {
        s.spawn(|| {
            x.fetch_add(1, Relaxed);
        });
        s.spawn(|| {
            x.fetch_add(1, Relaxed);
        });
        s.spawn(|| {
            x.fetch_add(1, Relaxed);
        });
    });
    println!("{}", x.load(Relaxed));
}
