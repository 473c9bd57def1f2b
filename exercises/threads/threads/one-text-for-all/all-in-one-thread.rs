//! One thread owns the text, and counts all the words.

use std::thread;

pub fn count_each(text: String, words: Vec<String>, count: fn(&str, &str) -> usize) -> Vec<usize> {
    let count_all = move || words.iter().map(|word| count(&text, word)).collect();
    thread::spawn(count_all).join().unwrap()
}
