//! A thread doesn't read a store that its own store comes before.
//!
//! `1 1`: sc forbids, tso forbids, cpp20 forbids (N4861 [intro.races]/17).
//! `2 2`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    let a = thread::scope(|s| {
        let t1 = s.spawn(|| {
            let a = x.load(Relaxed);
            x.store(1, Relaxed);
            a
        });
        s.spawn(|| {
            x.store(2, Relaxed);
        });
        t1.join().unwrap()
    });
    println!("{a} {}", x.load(Relaxed));
}
