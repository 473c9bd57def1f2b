//! One writes and tells a second, who tells a third: the third sees what the
//! first wrote, though they never met. `cargo run --example pass_it_on`.

#[path = "rounds/rounds.rs"]
mod rounds;

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::*};
use std::thread;

const ROUNDS: usize = 5_000;

fn main() {
    let tables: Vec<Word> = (0..ROUNDS).map(|_| Word::default()).collect();
    let heard = rounds::play(&tables, [&first, &second, &third]);
    let missed = heard.iter().filter(|[.., news]| *news != Some(42));
    println!(
        "the third missed the first's news in {} of {ROUNDS} rounds",
        missed.count()
    );
}

// ANCHOR: word
#[derive(Default)]
struct Word {
    news: AtomicU32,
    told_second: AtomicBool,
    told_third: AtomicBool,
}

fn first(word: &Word) -> Option<u32> {
    word.news.store(42, Relaxed);
    word.told_second.store(true, Release);
    None
}

fn second(word: &Word) -> Option<u32> {
    while !word.told_second.load(Acquire) {
        thread::yield_now(); // there may be but one processor
    }
    word.told_third.store(true, Release);
    None
}

fn third(word: &Word) -> Option<u32> {
    while !word.told_third.load(Acquire) {
        thread::yield_now();
    }
    Some(word.news.load(Relaxed))
}
// ANCHOR_END: word
