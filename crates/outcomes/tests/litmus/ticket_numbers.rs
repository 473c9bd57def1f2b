//! Three threads draw tickets with Bool and Usize beside.
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::*};
use std::thread;

fn main() {
    let (next, late) = (AtomicUsize::new(0), AtomicBool::new(false));
    let (a, b) = thread::scope(|s| {
        let t1 = s.spawn(|| next.fetch_add(1, Relaxed));
        let t2 = s.spawn(|| {
            let mine = next.fetch_add(1, Relaxed);
            if mine > 0 {
                late.store(true, Relaxed);
            }
            mine
        });
        (t1.join().unwrap(), t2.join().unwrap())
    });
    println!("{a} {b} {}", late.load(Relaxed));
}
