//! Ten threads, a million increments each, and a counter that is atomic and
//! loses updates all the same: each increment is a load, and *then* a store.
//!
//! No data race, and the wrong answer: `cargo run --example counter_lost`.

use std::sync::Barrier;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::thread;

const THREADS: u64 = 10;
const INCREMENTS: u64 = 1_000_000;

fn main() {
    println!(
        "left to chance: {} of {}",
        left_to_chance(),
        THREADS * INCREMENTS
    );
    println!("one update lost: {} of 2", one_lost());
    println!("as many as can be: {} of {}", most_lost(), 2 * INCREMENTS);
}

/// How far ten threads count when the machine decides who comes between whose
/// load and store: on each run another number, from 2 to 10,000,000.
///
/// It is never 1. The counter's last store is some thread's millionth; by then
/// that thread has stored before, and every store leaves 1 or more, so what it
/// loads is at least 1.
// ANCHOR: chance
fn left_to_chance() -> u64 {
    let counter = AtomicU64::new(0);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                for _ in 0..INCREMENTS {
                    increment(&counter);
                }
            });
        }
    });
    counter.into_inner()
}

fn increment(counter: &AtomicU64) {
    let seen = counter.load(SeqCst);
    counter.store(seen + 1, SeqCst);
}
// ANCHOR_END: chance

/// Two threads, one increment each, and a barrier that lets neither store
/// before both have loaded: the answer is 1 on every machine.
// ANCHOR: one
fn one_lost() -> u64 {
    let counter = AtomicU64::new(0);
    let both_have_loaded = Barrier::new(2);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let seen = counter.load(SeqCst);
                both_have_loaded.wait();
                counter.store(seen + 1, SeqCst);
            });
        }
    });
    counter.into_inner()
}
// ANCHOR_END: one

/// Two threads, a million increments each, and the worst order they can come
/// in: the answer is 2 on every machine.
///
/// Each holds on to a small number while the other counts, and then stores it.
// ANCHOR: most
fn most_lost() -> u64 {
    let counter = AtomicU64::new(0);
    let next = Barrier::new(2);
    thread::scope(|scope| {
        scope.spawn(|| {
            let seen = counter.load(SeqCst); // 0
            next.wait();
            next.wait(); // the other counts to 999,999
            counter.store(seen + 1, SeqCst); // back to 1
            next.wait();
            next.wait(); // the other loads the 1
            for _ in 1..INCREMENTS {
                increment(&counter); // up to 1,000,000
            }
            next.wait();
        });
        scope.spawn(|| {
            next.wait();
            for _ in 1..INCREMENTS {
                increment(&counter);
            }
            next.wait();
            next.wait();
            let seen = counter.load(SeqCst); // 1
            next.wait();
            next.wait();
            counter.store(seen + 1, SeqCst); // and back to 2
        });
    });
    counter.into_inner()
}
// ANCHOR_END: most
