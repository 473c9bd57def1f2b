//! As many answers as questions are taken; nobody need know when the channel ends.

use std::sync::mpsc;
use std::thread;

pub fn ask_all(questions: Vec<String>, answer: fn(&str) -> String) -> Vec<String> {
    let count = questions.len();
    let (answers, all) = mpsc::channel();
    for question in questions {
        let answers = answers.clone();
        thread::spawn(move || answers.send(answer(&question)));
    }
    all.iter().take(count).collect()
}
