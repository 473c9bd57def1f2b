//! `tally` counts how often each word comes up in all texts together. Each text is cut
//! into words in a thread of its own; how a text is cut, `words` says.
//!
//! "Several owners, so `Rc`. They change it, so `RefCell`. That is how it is done, it
//! says in every tutorial."

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::thread;

pub fn tally(texts: Vec<String>, words: fn(&str) -> Vec<String>) -> BTreeMap<String, u32> {
    let tally = Rc::new(RefCell::new(BTreeMap::new()));
    let mut children = Vec::new();
    for text in texts {
        let tally = Rc::clone(&tally);
        children.push(thread::spawn(move || {
            for word in words(&text) {
                *tally.borrow_mut().entry(word).or_insert(0) += 1;
            }
        }));
    }
    for child in children {
        child.join().unwrap();
    }
    tally.take()
}
