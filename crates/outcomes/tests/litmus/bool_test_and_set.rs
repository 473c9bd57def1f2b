//! Of two who raise a flag, one finds it down.
//!
//! `false false`: sc forbids, tso forbids, cpp20 forbids.
//! `true true`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicBool, Ordering::*};
use std::thread;

fn main() {
    let taken = AtomicBool::new(false);
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| taken.swap(true, AcqRel));
        let t2 = s.spawn(|| taken.fetch_or(true, AcqRel));
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b}");
}
