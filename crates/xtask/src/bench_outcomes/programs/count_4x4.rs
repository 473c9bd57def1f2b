//! Four threads increment a count four times each.
//! = 16
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let n = AtomicU32::new(0);
    thread::scope(|s| {
        for _ in 0..4 {
            s.spawn(|| {
                for _ in 0..4 {
                    n.fetch_add(1, Relaxed);
                }
            });
        }
    });
    println!("{}", n.load(Relaxed));
}
