//! A clone for each thread, but the first sender stays here, and the loop waits for it.

use std::sync::mpsc;
use std::thread;

pub fn ask_all(questions: Vec<String>, answer: fn(&str) -> String) -> Vec<String> {
    let (answers, all) = mpsc::channel();
    for question in questions {
        let answers = answers.clone();
        thread::spawn(move || {
            answers.send(answer(&question)).unwrap();
        });
    }
    all.iter().collect()
}
