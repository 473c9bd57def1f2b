//! Two workers at one queue: crossbeam's channel may have many receivers.
//! `cargo run --example with_crossbeam`.

// ANCHOR: program
use crossbeam::channel;
use std::thread;

fn main() {
    let (jobs, queue) = channel::unbounded();
    let (results, squares) = channel::unbounded();
    thread::scope(|scope| {
        for _ in 0..2 {
            let (queue, results) = (queue.clone(), results.clone());
            scope.spawn(move || queue.iter().for_each(|n: u64| results.send(n * n).unwrap()));
        }
        (1..=4).for_each(|n| jobs.send(n).unwrap());
        drop(jobs); // or the workers would wait for more
    });
    drop(results);
    println!("{}", squares.iter().sum::<u64>());
}
// ANCHOR_END: program
