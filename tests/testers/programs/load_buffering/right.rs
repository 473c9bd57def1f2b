//! Each thread hands on what it has read, and nobody begins; with Acquire and Release.

use std::sync::Arc;
use std::sync::atomic::{
    AtomicU32,
    Ordering::{Acquire, Release},
};
use std::thread;

struct Hands {
    one: AtomicU32,
    two: AtomicU32,
}

pub fn main() {
    let hands = Arc::new(Hands {
        one: AtomicU32::new(0),
        two: AtomicU32::new(0),
    });
    let other = {
        let hands = hands.clone();
        thread::spawn(move || {
            let seen = hands.one.load(Acquire);
            hands.two.store(1, Release);
            seen
        })
    };
    let seen = hands.two.load(Acquire);
    hands.one.store(1, Release);
    let their = other.join().unwrap();
    assert!(seen == 0 || their == 0);
}
