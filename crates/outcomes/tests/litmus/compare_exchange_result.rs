//! The value that a compare_exchange finds, and whether it wrote.
//!
//! `1`: sc allows, tso allows, cpp20 allows.
//! `12`: sc allows, tso allows, cpp20 allows.
//! `10`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    let a = thread::scope(|s| {
        let t1 = s.spawn(|| match x.compare_exchange(0, 1, Relaxed, Relaxed) {
            Ok(v) => v + 1,
            Err(v) => v + 10,
        });
        s.spawn(|| {
            x.store(2, Relaxed);
        });
        t1.join().unwrap()
    });
    println!("{a}");
}
