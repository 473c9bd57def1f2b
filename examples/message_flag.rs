//! A message, and a flag that says it is there. With Release and Acquire, who
//! sees the flag sees the message; with Relaxed, that is up to the machine.
//! `cargo run --example message_flag`.

#[path = "rounds/rounds.rs"]
mod rounds;

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering, Ordering::*};
use std::thread;

const ROUNDS: usize = 20_000;

fn main() {
    for (name, store, load) in [
        ("Relaxed", Relaxed, Relaxed),
        ("Release and Acquire", Release, Acquire),
    ] {
        let missed = missed(store, load);
        println!("{name}: a flag without its message in {missed} of {ROUNDS} rounds");
    }
}

// ANCHOR: flag
#[derive(Default)]
struct Post {
    message: AtomicU32,
    flag: AtomicBool,
}

fn send(post: &Post, store: Ordering) {
    post.message.store(42, Relaxed);
    post.flag.store(true, store);
}

fn receive(post: &Post, load: Ordering) -> u32 {
    while !post.flag.load(load) {
        thread::yield_now(); // there may be but one processor
    }
    post.message.load(Relaxed)
}
// ANCHOR_END: flag

/// In how many rounds the flag was seen and the message wasn't.
fn missed(store: Ordering, load: Ordering) -> usize {
    let tables: Vec<Post> = (0..ROUNDS).map(|_| Post::default()).collect();
    let received = rounds::play(
        &tables,
        [
            &|post: &Post| {
                send(post, store);
                None
            },
            &|post: &Post| Some(receive(post, load)),
        ],
    );
    received
        .iter()
        .filter(|[_, message]| *message != Some(42))
        .count()
}
