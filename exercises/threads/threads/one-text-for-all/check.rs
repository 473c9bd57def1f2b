use std::collections::HashSet;
use std::sync::Mutex;
use std::thread;

use crate::task::count_each;

const WORDS: [&str; 3] = ["sea", "sky", "sun"];

fn words() -> Vec<String> {
    WORDS.map(str::to_owned).to_vec()
}

#[test]
fn the_counts_come_in_the_order_of_the_words() {
    let text = "sea and sky and sea".to_owned();
    let counts = count_each(text, words(), |text, word| text.matches(word).count());
    assert_eq!(counts, [2, 1, 0], "the counts of sea, sky and sun");
}

#[test]
fn all_read_the_one_text() {
    let text = "sea and sky".repeat(1000);
    let place = text.as_ptr().addr();
    let places = count_each(text, words(), |text, _| text.as_ptr().addr());
    let copies = places.iter().filter(|&&it| it != place).count();
    assert_eq!(copies, 0, "how many have read a copy of the text");
}

#[test]
fn every_word_has_a_thread_of_its_own() {
    static READERS: Mutex<Vec<thread::ThreadId>> = Mutex::new(Vec::new());
    count_each(String::new(), words(), |_, _| {
        READERS.lock().unwrap().push(thread::current().id());
        0
    });
    let mut readers: HashSet<_> = READERS.lock().unwrap().drain(..).collect();
    readers.remove(&thread::current().id());
    assert_eq!(readers.len(), 3, "the threads that counted");
}
