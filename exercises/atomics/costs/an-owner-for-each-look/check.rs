use crate::task::total;
use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::thread;

fn words() -> Arc<Vec<String>> {
    let words = ["Ada", "Grace", "Barbara", "Frances", "Mary", "Lynn", "Jean"];
    Arc::new(words.map(String::from).to_vec())
}

#[test]
fn every_word_is_measured() {
    for threads in [1, 3, 10] {
        let sum = total(&words(), threads, |word| word.len());
        assert_eq!(sum, 34, "letters, counted by {threads} threads");
    }
}

#[test]
fn nobody_becomes_an_owner_to_look() {
    let words = words();
    let most = Mutex::new(0);
    total(&words, 3, |word| {
        let mut most = most.lock().unwrap();
        *most = Arc::strong_count(&words).max(*most);
        word.len()
    });
    let most = most.into_inner().unwrap();
    assert_eq!(most, 1, "owners of the words while they were measured");
}

#[test]
fn the_words_themselves_are_measured() {
    let words = words();
    let seen = Mutex::new(HashSet::new());
    total(&words, 3, |word| {
        seen.lock().unwrap().insert(word.as_ptr().addr());
        word.len()
    });
    let own: HashSet<usize> = words.iter().map(|word| word.as_ptr().addr()).collect();
    let copies = seen.into_inner().unwrap().difference(&own).count();
    assert_eq!(copies, 0, "copies of words that were measured");
}

#[test]
fn each_thread_takes_its_part() {
    let seen = Mutex::new(HashSet::new());
    total(&words(), 3, |word| {
        seen.lock().unwrap().insert(thread::current().id());
        word.len()
    });
    let threads = seen.into_inner().unwrap().len();
    assert_eq!(threads, 3, "threads that measured");
}
