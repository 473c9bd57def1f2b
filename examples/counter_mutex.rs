//! Ten threads, a million increments each, one counter that only its lock can
//! reach. No update is lost: `cargo run --example counter_mutex`.

// ANCHOR: program
use std::sync::Mutex;
use std::thread;

const THREADS: usize = 10;
const INCREMENTS: u64 = 1_000_000;

fn main() {
    let counter = Mutex::new(0);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                for _ in 0..INCREMENTS {
                    *counter.lock().unwrap() += 1;
                }
            });
        }
    });
    println!("{}", counter.into_inner().unwrap());
}
// ANCHOR_END: program
