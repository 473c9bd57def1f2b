//! Three threads and one vector that only its lock can reach.
//! `cargo run --example use_lock`.

use mutex::{Mutex, access, lock, mutex};
use std::thread;

// ANCHOR: program
fn main() {
    let numbers = mutex(vec![0]);
    thread::scope(|scope| {
        for n in 1..=3 {
            let numbers = &numbers;
            scope.spawn(move || use_lock(numbers, n));
        }
    });

    let mut guard = lock(&numbers);
    let numbers = access(&mut guard);
    numbers.sort(); // who came first is up to chance
    println!("{numbers:?}");
}

/// Adds `n` and its negative, and lets nobody see the one without the other.
fn use_lock(mutex: &Mutex<Vec<i32>>, n: i32) {
    let mut guard = lock(mutex);
    let numbers = access(&mut guard);
    assert_eq!(numbers.iter().sum::<i32>(), 0);
    numbers.push(n);
    numbers.push(-n);
} // `guard` ends here, and unlocks
// ANCHOR_END: program
