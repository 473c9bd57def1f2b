//! `count_each` counts several words in a text, each in a thread of its own. The text
//! is large: all threads read the same one, and it isn't copied. `count` is how a
//! word is counted.
//!
//! "The compiler told me to write `move`, and I did. Now it complains that the text
//! has moved! The threads only read it."

use std::thread;

pub fn count_each(text: String, words: Vec<String>, count: fn(&str, &str) -> usize) -> Vec<usize> {
    let mut threads = Vec::new();
    for word in words {
        threads.push(thread::spawn(move || count(&text, &word)));
    }
    threads
        .into_iter()
        .map(|thread| thread.join().unwrap())
        .collect()
}
