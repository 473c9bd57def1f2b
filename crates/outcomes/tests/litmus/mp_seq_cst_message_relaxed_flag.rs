//! Message passing: a seq_cst message does nothing for a relaxed flag.
//!
//! `1 0`: sc forbids, tso forbids, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let (x, f) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, SeqCst);
            f.store(1, Relaxed);
        });
        let t2 = s.spawn(|| {
            let a = f.load(Relaxed);
            let b = x.load(SeqCst);
            (a, b)
        });
        t2.join().unwrap()
    });
    println!("{a} {b}");
}
