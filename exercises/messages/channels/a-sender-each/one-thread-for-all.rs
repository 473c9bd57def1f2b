//! The loop in the thread, and not the thread in the loop: one sender is enough.

use std::sync::mpsc;
use std::thread;

pub fn ask_all(questions: Vec<String>, answer: fn(&str) -> String) -> Vec<String> {
    let (answers, all) = mpsc::channel();
    thread::spawn(move || {
        for question in questions {
            answers.send(answer(&question)).unwrap();
        }
    });
    all.iter().collect()
}
