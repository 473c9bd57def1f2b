//! R: a store comes last in its location, and its thread still misses what came before.
//!
//! `0 2`: sc forbids, tso allows, cpp20 allows (Alglave, Maranget and Tautschnig 2014, R).
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let a = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            y.store(1, Relaxed);
        });
        let t2 = s.spawn(|| {
            y.store(2, Relaxed);
            x.load(Relaxed)
        });
        t2.join().unwrap()
    });
    println!("{a} {}", y.load(Relaxed));
}
