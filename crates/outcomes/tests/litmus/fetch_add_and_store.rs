//! A store and an increment: the increment is lost or comes last.
//!
//! `0 5`: sc allows, tso allows, cpp20 allows.
//! `5 6`: sc allows, tso allows, cpp20 allows.
//! `0 6`: sc forbids, tso forbids, cpp20 forbids.
//! `0 1`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    let a = thread::scope(|s| {
        let t1 = s.spawn(|| x.fetch_add(1, Relaxed));
        s.spawn(|| {
            x.store(5, Relaxed);
        });
        t1.join().unwrap()
    });
    println!("{a} {}", x.load(Relaxed));
}
