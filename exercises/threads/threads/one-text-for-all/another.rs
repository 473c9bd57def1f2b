//! The text is lent, in a scope that waits for all who have borrowed it.

use std::thread;

pub fn count_each(text: String, words: Vec<String>, count: fn(&str, &str) -> usize) -> Vec<usize> {
    let text = text.as_str();
    thread::scope(|s| {
        let mut threads = Vec::new();
        for word in words {
            threads.push(s.spawn(move || count(text, &word)));
        }
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    })
}
