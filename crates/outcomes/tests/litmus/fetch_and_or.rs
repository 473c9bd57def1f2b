//! A bit is set and all bits are cleared.
//!
//! `3`: sc forbids, tso forbids, cpp20 forbids.
//! `2`: sc allows, tso allows, cpp20 allows.
//! `0`: sc allows, tso allows, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(1);
    thread::scope(|s| {
        s.spawn(|| {
            x.fetch_or(2, Relaxed);
        });
        s.spawn(|| {
            x.fetch_and(4, Relaxed);
        });
    });
    println!("{}", x.load(Relaxed));
}
