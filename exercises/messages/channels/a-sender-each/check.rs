use std::collections::HashSet;
use std::thread;

use crate::task::ask_all;

fn questions() -> Vec<String> {
    ["who", "where", "when"].map(str::to_owned).to_vec()
}

#[test]
fn all_answers_come_back() {
    let mut answers = ask_all(questions(), |question| format!("{question}?"));
    answers.sort();
    assert_eq!(answers, ["when?", "where?", "who?"], "the answers, sorted");
}

#[test]
fn every_question_has_a_thread_of_its_own() {
    let answers = ask_all(questions(), |_| format!("{:?}", thread::current().id()));
    let mut threads: HashSet<String> = answers.into_iter().collect();
    threads.remove(&format!("{:?}", thread::current().id()));
    assert_eq!(threads.len(), 3, "the threads that answered");
}
