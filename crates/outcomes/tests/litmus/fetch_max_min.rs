//! The larger of two, and then not above 4.
//!
//! `7`: sc allows, tso allows, cpp20 allows.
//! `4`: sc allows, tso allows, cpp20 allows.
//! `5`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(1);
    thread::scope(|s| {
        s.spawn(|| {
            x.fetch_max(5, Relaxed);
            x.fetch_max(7, Relaxed);
        });
        s.spawn(|| {
            x.fetch_min(4, Relaxed);
        });
    });
    println!("{}", x.load(Relaxed));
}
