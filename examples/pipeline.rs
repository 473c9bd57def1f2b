//! What a channel can hold, how it ends, and how to wait at two of them.
//! `cargo run --example pipeline`.

use crossbeam::channel::{bounded, never};
use crossbeam::select;
use std::sync::mpsc;
use std::thread;

fn main() {
    stages();
    back_pressure();
    merge();
}

// ANCHOR: stages
/// Three stages at work at once. Each ends when the one before it has ended.
fn stages() {
    let (numbers, to_square) = mpsc::sync_channel(1);
    let (squares, to_print) = mpsc::sync_channel(1);

    thread::scope(|scope| {
        scope.spawn(move || {
            for n in 1..=5 {
                numbers.send(n).unwrap();
            }
        }); // `numbers` ends here, and with it the stream
        scope.spawn(move || {
            for n in to_square {
                squares.send(n * n).unwrap();
            }
        });
        for square in to_print {
            println!("{square}");
        }
    });
}
// ANCHOR_END: stages

// ANCHOR: back_pressure
/// How many messages fit into a channel that nobody takes any from.
fn back_pressure() {
    for bound in [2, 1, 0] {
        let (sender, receiver) = mpsc::sync_channel(bound);
        let mut sent = 0;
        while sender.try_send(sent).is_ok() {
            sent += 1;
        }
        println!("bound {bound}: {sent} sent");

        if bound > 0 {
            receiver.recv().unwrap();
            assert!(sender.try_send(sent).is_ok());
            println!("one taken, so one more fits");
        }
    }
}
// ANCHOR_END: back_pressure

// ANCHOR: merge
/// Takes from two channels, from whichever has something, until both end.
fn merge() {
    let (evens, mut from_evens) = bounded(1);
    let (odds, mut from_odds) = bounded(1);
    thread::scope(|scope| {
        scope.spawn(move || [0, 2, 4].map(|n| evens.send(n).unwrap()));
        scope.spawn(move || [1, 3, 5].map(|n| odds.send(n).unwrap()));

        let mut all = Vec::new();
        let mut open = 2;
        while open > 0 {
            select! {
                recv(from_evens) -> message => match message {
                    Ok(n) => all.push(n),
                    Err(_) => (open, from_evens) = (open - 1, never()),
                },
                recv(from_odds) -> message => match message {
                    Ok(n) => all.push(n),
                    Err(_) => (open, from_odds) = (open - 1, never()),
                },
            }
        }
        all.sort(); // who came first is up to chance
        println!("{all:?}");
    });
}
// ANCHOR_END: merge
