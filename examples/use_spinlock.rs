//! Three threads and one vector behind a lock that waits awake.
//! `cargo run --example use_spinlock`.

use spinlock::SpinLock;
use std::thread;

// ANCHOR: program
fn main() {
    let numbers = SpinLock::new(vec![0]);
    thread::scope(|scope| {
        for n in 1..=3 {
            let numbers = &numbers;
            scope.spawn(move || add(numbers, n));
        }
    });

    let mut numbers = numbers.lock();
    numbers.sort(); // who came first is up to chance
    println!("{numbers:?}", numbers = *numbers);
}

/// Adds `n` and its negative, and lets nobody see the one without the other.
fn add(numbers: &SpinLock<Vec<i32>>, n: i32) {
    let mut numbers = numbers.lock();
    assert_eq!(numbers.iter().sum::<i32>(), 0);
    numbers.push(n);
    numbers.push(-n);
} // the guard ends here, and unlocks
// ANCHOR_END: program
