//! Five threads in step: all have looked before anyone writes, all have
//! written before anyone looks again. `cargo run --example barrier`.

// ANCHOR: program
use std::sync::{Barrier, Mutex};
use std::thread;

fn main() {
    let cells = [0, 0, 1, 0, 0].map(Mutex::new);
    let barrier = Barrier::new(5);
    let read = |i: usize| *cells[i % 5].lock().unwrap();

    thread::scope(|scope| {
        for i in 0..5 {
            let (cells, barrier) = (&cells, &barrier);
            scope.spawn(move || {
                // ANCHOR: rounds
                for _ in 0..3 {
                    let sum = read(i + 4) + read(i + 1); // left and right
                    barrier.wait(); // all have looked
                    *cells[i].lock().unwrap() = sum;
                    let all_written = barrier.wait();
                    if all_written.is_leader() {
                        println!("{:?}", [0, 1, 2, 3, 4].map(read));
                    }
                }
                // ANCHOR_END: rounds
            });
        }
    });
}
// ANCHOR_END: program
