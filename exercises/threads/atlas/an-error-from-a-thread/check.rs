use std::collections::HashSet;
use std::sync::Mutex;
use std::thread::{self, ThreadId};

use crate::task::sum;

static CUT_BY: Mutex<Vec<ThreadId>> = Mutex::new(Vec::new());

fn cut(text: &str) -> &str {
    CUT_BY.lock().unwrap().push(thread::current().id());
    text.trim_matches(['(', ')'])
}

fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).into()
}

#[test]
fn the_error_says_what_is_wrong() {
    let wrong = sum(texts(["(1)", "(one)"]), cut).unwrap_err().to_string();
    assert_eq!(wrong, "invalid digit found in string", "the error's words");
    let wrong = sum(texts(["()", "(2)"]), cut).unwrap_err().to_string();
    assert_eq!(wrong, "there is nothing to read", "the error's words");
}

#[test]
fn the_numbers_are_read_in_threads_and_summed() {
    let sum = sum(texts(["(1)", "(20)", "(300)"]), cut);
    assert_eq!(sum.ok(), Some(321), "1 and 20 and 300");
    let threads: HashSet<_> = CUT_BY.lock().unwrap().drain(..).collect();
    assert_eq!(threads.len(), 3, "how many threads read three texts");
}
