//! A thread gives its work away and gets it back done: the vector goes there
//! and back, and its buffer stays where it is. `cargo run --example channel`.

use channel::{channel, recv, send};
use std::thread;

// ANCHOR: program
fn main() {
    let (orders, results) = (channel(), channel());
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut numbers: Vec<i32> = recv(&orders);
            numbers.sort();
            send(&results, numbers);
        });

        let numbers = vec![3, 1, 2];
        let buffer = numbers.as_ptr();
        send(&orders, numbers);
        // From here on `numbers` is the other thread's.
        let sorted = recv(&results);

        println!("{sorted:?}");
        println!("in the same buffer: {}", sorted.as_ptr() == buffer);
    });
}
// ANCHOR_END: program
