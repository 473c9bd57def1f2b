//! What the compiler proposes: a clone for each thread, of the whole text.

use std::thread;

pub fn count_each(text: String, words: Vec<String>, count: fn(&str, &str) -> usize) -> Vec<usize> {
    let mut threads = Vec::new();
    for word in words {
        let text = text.clone();
        threads.push(thread::spawn(move || count(&text, &word)));
    }
    threads
        .into_iter()
        .map(|thread| thread.join().unwrap())
        .collect()
}
