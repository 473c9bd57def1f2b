//! No channel: every thread gives its answer back when it is joined.

use std::thread;

pub fn ask_all(questions: Vec<String>, answer: fn(&str) -> String) -> Vec<String> {
    let threads: Vec<_> = questions
        .into_iter()
        .map(|question| thread::spawn(move || answer(&question)))
        .collect();
    threads
        .into_iter()
        .map(|thread| thread.join().unwrap())
        .collect()
}
