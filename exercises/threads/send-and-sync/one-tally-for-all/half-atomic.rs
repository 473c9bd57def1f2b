//! `Arc` instead of `Rc` may be shared, and what is in it still may not.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread;

pub fn tally(texts: Vec<String>, words: fn(&str) -> Vec<String>) -> BTreeMap<String, u32> {
    let tally = Arc::new(RefCell::new(BTreeMap::new()));
    let mut children = Vec::new();
    for text in texts {
        let tally = Arc::clone(&tally);
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
