use std::collections::HashSet;
use std::sync::Mutex;
use std::thread::{self, ThreadId};

use crate::task::tally;

static CUT_BY: Mutex<Vec<ThreadId>> = Mutex::new(Vec::new());

fn words(text: &str) -> Vec<String> {
    CUT_BY.lock().unwrap().push(thread::current().id());
    text.split(' ').map(str::to_owned).collect()
}

fn texts() -> Vec<String> {
    ["the cat the", "the dog", "a cat a a"]
        .map(str::to_owned)
        .into()
}

#[test]
fn the_words_of_all_texts_are_counted_together() {
    let tally: Vec<_> = tally(texts(), words).into_iter().collect();
    let wanted = [("a", 3), ("cat", 2), ("dog", 1), ("the", 3)];
    let wanted = wanted.map(|(word, count)| (word.to_owned(), count));
    assert_eq!(tally, wanted, "the tally");
}

#[test]
fn each_text_has_a_thread_of_its_own() {
    tally(texts(), words);
    let threads: HashSet<_> = CUT_BY.lock().unwrap().drain(..).collect();
    assert!(
        !threads.contains(&thread::current().id()),
        "a text was cut by the caller's own thread"
    );
    assert_eq!(threads.len(), 3, "how many threads cut the three texts");
}
