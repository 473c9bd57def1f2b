//! Bits set, cleared and flipped by three threads, none lost.
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::thread;

fn main() {
    let x = AtomicU32::new(0);
    thread::scope(|s| {
        s.spawn(|| {
            x.fetch_or(1, Relaxed);
        });
        s.spawn(|| {
            x.fetch_or(2, Relaxed);
        });
        s.spawn(|| {
            x.fetch_xor(4, Relaxed);
        });
    });
    println!("{}", x.load(Relaxed));
}
