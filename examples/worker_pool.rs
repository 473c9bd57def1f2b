//! Workers at one queue: a job panics, the queue is full, and the end.
//! `cargo run --example worker_pool`.

use std::panic;
use std::sync::mpsc;
use worker_pool::{Full, Pool};

fn main() {
    // Whoever holds the ticket is told of a panic. Nobody else need hear of it.
    panic::set_hook(Box::new(|_| ()));
    panics();
    full();
    shutdown();
}

// ANCHOR: panics
/// One worker, three jobs, and the one in the middle panics.
fn panics() {
    let pool = Pool::new(1, 3);
    let tickets = ["7", "seven", "70"].map(|word| {
        let job = move || word.parse::<u32>().unwrap();
        (word, pool.submit(job))
    });
    for (word, ticket) in tickets {
        match ticket.wait() {
            Ok(number) => println!("{word}: {number}"),
            Err(_) => println!("{word}: the job panicked"),
        }
    }
}
// ANCHOR_END: panics

// ANCHOR: full
/// The worker is held up, the queue is full: here is your job again.
fn full() {
    let pool = Pool::new(1, 1);
    let (open_gate, gate) = mpsc::channel::<()>();
    let (started, has_started) = mpsc::channel();
    let held_up = pool.submit(move || {
        started.send(()).unwrap();
        gate.recv().unwrap();
    });
    has_started.recv().unwrap();

    let mut own = 0;
    let mut tickets = Vec::new();
    for n in 1..=3 {
        match pool.try_submit(move || n * n) {
            Ok(ticket) => tickets.push(ticket),
            Err(Full(job)) => own += job(), // so do it here
        }
    }
    println!("{} in the queue, done here: {own}", tickets.len());

    open_gate.send(()).unwrap();
    held_up.wait().unwrap();
    for ticket in tickets {
        println!("from the queue: {}", ticket.wait().unwrap());
    }
}
// ANCHOR_END: full

// ANCHOR: shutdown
/// What is in the queue when the pool closes is done before it has ended.
fn shutdown() {
    let pool = Pool::new(1, 4);
    let (open_gate, gate) = mpsc::channel::<()>();
    let (done, order) = mpsc::channel();
    drop(pool.submit(move || gate.recv()));
    for n in 1..=3 {
        let done = done.clone();
        drop(pool.submit(move || done.send(n)));
    }

    let workers = pool.close(); // no more jobs
    println!("done when it closed: {}", order.try_iter().count());
    open_gate.send(()).unwrap();
    workers.join(); // no more workers
    println!(
        "done when it ended: {:?}",
        order.try_iter().collect::<Vec<_>>()
    );
}
// ANCHOR_END: shutdown
