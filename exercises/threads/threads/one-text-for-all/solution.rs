//! All threads own the text together; each has a counted pointer to it.

use std::sync::Arc;
use std::thread;

pub fn count_each(text: String, words: Vec<String>, count: fn(&str, &str) -> usize) -> Vec<usize> {
    let text = Arc::new(text);
    let mut threads = Vec::new();
    for word in words {
        let text = Arc::clone(&text);
        threads.push(thread::spawn(move || count(&text, &word)));
    }
    threads
        .into_iter()
        .map(|thread| thread.join().unwrap())
        .collect()
}
