//! Message passing: a seq_cst fence in the writer and a seq_cst load.
//!
//! `1 0`: sc forbids, tso forbids, cpp20 forbids.
use std::sync::atomic::{AtomicU32, Ordering::*, fence};
use std::thread;

fn main() {
    let (x, f) = (AtomicU32::new(0), AtomicU32::new(0));
    let (a, b) = thread::scope(|s| {
        s.spawn(|| {
            x.store(1, Relaxed);
            fence(SeqCst);
            f.store(1, Relaxed);
        });
        let t2 = s.spawn(|| {
            let a = f.load(SeqCst);
            let b = x.load(Relaxed);
            (a, b)
        });
        t2.join().unwrap()
    });
    println!("{a} {b}");
}
