//! Below nothing an atomic wraps round.
//!
//! `0 4294967295`: sc allows, tso allows, cpp20 allows.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    let a = thread::scope(|s| {
        let t1 = s.spawn(|| x.fetch_sub(1, Relaxed));
        t1.join().unwrap()
    });
    println!("{a} {}", x.load(Relaxed));
}
