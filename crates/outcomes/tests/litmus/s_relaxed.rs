//! S: the message is overwritten by who got it, and yet comes last.
//!
//! `1 2`: sc forbids, tso forbids, cpp20 allows (Alglave, Maranget and Tautschnig 2014, S).
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let a = thread::scope(|s| {
        s.spawn(|| {
            x.store(2, Relaxed);
            y.store(1, Relaxed);
        });
        let t2 = s.spawn(|| {
            let a = y.load(Relaxed);
            x.store(1, Relaxed);
            a
        });
        t2.join().unwrap()
    });
    println!("{a} {}", x.load(Relaxed));
}
