//! Whoever is started last is joined first: the counts are in the wrong order.

use std::thread;

pub fn count_each(text: String, words: Vec<String>, count: fn(&str, &str) -> usize) -> Vec<usize> {
    thread::scope(|s| {
        let (text, mut threads) = (&text, Vec::new());
        for word in words {
            threads.push(s.spawn(move || count(text, &word)));
        }
        let mut counts = Vec::new();
        while let Some(thread) = threads.pop() {
            counts.push(thread.join().unwrap());
        }
        counts
    })
}
