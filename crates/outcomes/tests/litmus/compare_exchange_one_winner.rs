//! Of two who try, one wins.
//!
//! `true true`: sc forbids, tso forbids, cpp20 forbids.
//! `false false`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| x.compare_exchange(0, 1, AcqRel, Relaxed).is_ok());
        let t2 = s.spawn(|| x.compare_exchange(0, 2, AcqRel, Relaxed).is_ok());
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b}");
}
