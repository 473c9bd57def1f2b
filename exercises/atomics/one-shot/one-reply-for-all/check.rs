use crate::task::{reply, search};
use std::collections::HashSet;
use std::sync::Mutex;
use std::thread;

#[test]
fn one_of_the_finds_is_the_answer() {
    let (reply, answer) = reply();
    search(&[1, 2, 3, 4], |part| (part % 2 == 0).then_some(part), reply);
    let answers: Vec<u32> = answer.iter().collect();
    assert!(
        answers == [2] || answers == [4],
        "2 and 4 were found, and the answers are {answers:?}"
    );
}

#[test]
fn who_asked_hears_that_nothing_was_found() {
    let (reply, answer) = reply();
    search(&[1, 2, 3], |_| None, reply);
    let answers: Vec<u32> = answer.iter().collect();
    assert_eq!(answers, [], "the answers when nothing was found");
}

#[test]
fn each_part_is_searched_on_a_thread_of_its_own() {
    let threads = Mutex::new(HashSet::from([thread::current().id()]));
    let (reply, _answer) = reply();
    let find = |_| {
        threads.lock().unwrap().insert(thread::current().id());
        None
    };
    search(&[1, 2, 3], find, reply);
    let count = threads.into_inner().unwrap().len();
    assert_eq!(
        count,
        1 + 3,
        "this thread and those that searched three parts"
    );
}
