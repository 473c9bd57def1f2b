//! Two readers see one location's stores in one order.
//!
//! `1 2 2 1`: sc forbids, tso forbids, cpp20 forbids (Alglave, Maranget and Tautschnig 2014, CoRR2).
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    let ((a, b), (c, d)) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
        });
        s.spawn(|| {
            x.store(2, Relaxed);
        });
        let t3 = s.spawn(|| {
            let a = x.load(Relaxed);
            let b = x.load(Relaxed);
            (a, b)
        });
        let t4 = s.spawn(|| {
            let c = x.load(Relaxed);
            let d = x.load(Relaxed);
            (c, d)
        });
        (t3.join().unwrap(), t4.join().unwrap())
    });
    println!("{a} {b} {c} {d}");
}
