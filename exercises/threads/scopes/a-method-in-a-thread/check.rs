use std::collections::HashSet;
use std::sync::Mutex;
use std::thread::{self, ThreadId};

use crate::task::Text;

/// Who counted, and the address of what was counted.
static COUNTED: Mutex<Vec<(ThreadId, usize)>> = Mutex::new(Vec::new());

fn count(line: &str) -> usize {
    let seen = (thread::current().id(), line.as_ptr().addr());
    COUNTED.lock().unwrap().push(seen);
    line.split_whitespace().count()
}

fn lines() -> Vec<String> {
    [
        "one",
        "one two",
        "one two three",
        "one",
        "one two three four",
    ]
    .map(str::to_owned)
    .into()
}

#[test]
fn all_words_are_counted() {
    let text = Text::new(lines());
    assert_eq!(text.words(count), 11, "the words of five lines");
    assert_eq!(text.words(count), 11, "the same words, counted again");
    assert_eq!(Text::new(vec![]).words(count), 0, "the words of no line");
}

#[test]
fn two_threads_share_the_work() {
    Text::new(lines()).words(count);
    let counted = COUNTED.lock().unwrap();
    let threads: HashSet<_> = counted.iter().map(|(thread, _)| thread).collect();
    assert_eq!(threads.len(), 2, "how many threads have counted");
}

#[test]
fn no_line_is_copied() {
    let lines = lines();
    let places: HashSet<_> = lines.iter().map(|line| line.as_ptr().addr()).collect();
    Text::new(lines).words(count);
    let counted = COUNTED.lock().unwrap();
    assert!(
        counted.iter().all(|(_, place)| places.contains(place)),
        "what was counted is a copy of a line"
    );
}
