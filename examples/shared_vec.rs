//! One vector, several owners, and the last of them destroys it, whoever that
//! is. `cargo run --example shared_vec`.

use counted::Counted;
use std::sync::mpsc;
use std::thread;

/// A vector that says who destroys it.
struct Numbers(Vec<i32>);

impl Drop for Numbers {
    fn drop(&mut self) {
        let thread = thread::current();
        println!("destroyed by {}", thread.name().unwrap());
    }
}

// ANCHOR: program
fn main() {
    let numbers = Counted::new(Numbers((1..=90).collect()));
    let parts = [0..30, 30..60, 60..90].map(|range| {
        let numbers = numbers.clone(); // an owner for each thread
        thread::spawn(move || numbers.0[range].iter().sum::<i32>())
    });
    let sums = parts.map(|part| part.join().unwrap());
    println!("{sums:?}, in all {}", sums.iter().sum::<i32>());
    drop(numbers); // the others are gone

    let numbers = Counted::new(Numbers(vec![1, 2, 3]));
    let theirs = numbers.clone();
    let (we_are_gone, are_they_gone) = mpsc::channel();
    let worker = thread::Builder::new()
        .name("worker".into())
        .spawn(move || {
            are_they_gone.recv().unwrap();
            println!("{:?}, still there", theirs.0);
        })
        .unwrap();
    drop(numbers); // the worker isn't
    we_are_gone.send(()).unwrap();
    worker.join().unwrap();
}
// ANCHOR_END: program
