//! What is made or done once, by whoever comes first.
//! `cargo run --example once`.

// ANCHOR: program
use std::sync::{Barrier, LazyLock, Once, OnceLock};
use std::thread;

static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    println!("splitting");
    "made when first used".split(' ').collect()
});
static FIRST: OnceLock<usize> = OnceLock::new();
static GREETING: Once = Once::new();

fn main() {
    let start = Barrier::new(4);
    let answers = thread::scope(|scope| {
        let ask = |n| {
            start.wait(); // all four go at once
            GREETING.call_once(|| println!("hello"));
            *FIRST.get_or_init(|| n)
        };
        let threads = [0, 1, 2, 3].map(|n| scope.spawn(move || ask(n)));
        threads.map(|thread| thread.join().unwrap())
    });
    println!("all agree: {}", answers.iter().all(|n| *n == answers[0]));
    println!("set again: {}", FIRST.set(9).is_ok());

    println!("before WORDS");
    println!("{} words, {} words", WORDS.len(), WORDS.len());
}
// ANCHOR_END: program
