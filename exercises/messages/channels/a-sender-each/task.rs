//! `ask_all` asks every question in a thread of its own, and returns the answers
//! when all are there. They may come in any order.
//!
//! "A channel is made for many senders and one receiver, I have read. With one
//! thread it works. In a loop the compiler says that my sender has moved."

use std::sync::mpsc;
use std::thread;

pub fn ask_all(questions: Vec<String>, answer: fn(&str) -> String) -> Vec<String> {
    let (answers, all) = mpsc::channel();
    for question in questions {
        thread::spawn(move || {
            answers.send(answer(&question)).unwrap();
        });
    }
    all.iter().collect()
}
