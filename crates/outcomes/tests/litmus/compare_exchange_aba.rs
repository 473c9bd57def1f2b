//! A value that has come back is taken for the first.
//!
//! `true`: sc allows, tso allows, cpp20 allows.
//! `false`: sc allows, tso allows, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    let a = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            x.store(0, Relaxed);
        });
        let t2 = s.spawn(|| x.compare_exchange(0, 5, Relaxed, Relaxed).is_ok());
        t2.join().unwrap()
    });
    println!("{a}");
}
