//! A weak compare_exchange may fail without any other thread.
//!
//! `false 0`: sc allows, tso allows, cpp20 allows.
//! `true 1`: sc allows, tso allows, cpp20 allows.
//! `false 1`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    let a = thread::scope(|s| {
        let t1 = s.spawn(|| x.compare_exchange_weak(0, 1, Relaxed, Relaxed).is_ok());
        t1.join().unwrap()
    });
    println!("{a} {}", x.load(Relaxed));
}
