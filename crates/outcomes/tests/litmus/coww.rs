//! Two stores of one thread stay in order.
//!
//! `1`: sc forbids, tso forbids, cpp20 forbids (N4861 [intro.races]/15).
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            x.store(2, Relaxed);
        });
    });
    println!("{}", x.load(Relaxed));
}
