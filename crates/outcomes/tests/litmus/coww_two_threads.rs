//! Of two relaxed stores either may be the last.
//!
//! `1`: sc allows, tso allows, cpp20 allows.
//! `2`: sc allows, tso allows, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
        });
        s.spawn(|| {
            x.store(2, Relaxed);
        });
    });
    println!("{}", x.load(Relaxed));
}
