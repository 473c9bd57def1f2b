//! A sender for each thread, and none left here: the channel ends with the last one.

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
    drop(answers);
    all.iter().collect()
}
