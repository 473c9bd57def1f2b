//! Ten threads, a million increments each, one counter whose increment cannot
//! be cut in two. No update is lost: `cargo run --example counter_atomic`.

// ANCHOR: program
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread;

const THREADS: usize = 10;
const INCREMENTS: u64 = 1_000_000;

fn main() {
    let counter = AtomicU64::new(0);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                for _ in 0..INCREMENTS {
                    counter.fetch_add(1, Relaxed);
                }
            });
        }
    });
    println!("{}", counter.into_inner());
}
// ANCHOR_END: program
