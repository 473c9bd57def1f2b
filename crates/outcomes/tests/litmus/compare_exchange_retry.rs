//! Two increments by compare_exchange, each tried twice: enough, since only the other can get in between.
//!
//! `1`: sc forbids, tso forbids, cpp20 forbids.
//! `2`: sc allows, tso allows, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    thread::scope(|s| {
        s.spawn(|| {
            for _ in 0..2 {
                let a = x.load(Relaxed);
                if x.compare_exchange(a, a + 1, Relaxed, Relaxed).is_ok() {
                    break;
                }
            }
        });
        s.spawn(|| {
            for _ in 0..2 {
                let a = x.load(Relaxed);
                if x.compare_exchange(a, a + 1, Relaxed, Relaxed).is_ok() {
                    break;
                }
            }
        });
    });
    println!("{}", x.load(Relaxed));
}
