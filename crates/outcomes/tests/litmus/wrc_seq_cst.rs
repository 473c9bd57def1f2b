//! All seq_cst.
//!
//! `1 1 0`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, (b, c)) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, SeqCst);
        });
        let t2 = s.spawn(|| {
            let a = x.load(SeqCst);
            y.store(1, SeqCst);
            a
        });
        let t3 = s.spawn(|| {
            let b = y.load(SeqCst);
            let c = x.load(SeqCst);
            (b, c)
        });
        (t2.join().unwrap(), t3.join().unwrap())
    });
    println!("{a} {b} {c}");
}
