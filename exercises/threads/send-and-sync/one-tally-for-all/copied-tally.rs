//! Each thread gets a copy, and counts in that. All copies go when their threads end.

use std::collections::BTreeMap;
use std::thread;

pub fn tally(texts: Vec<String>, words: fn(&str) -> Vec<String>) -> BTreeMap<String, u32> {
    let tally = BTreeMap::new();
    let mut children = Vec::new();
    for text in texts {
        let mut tally = tally.clone();
        children.push(thread::spawn(move || {
            for word in words(&text) {
                *tally.entry(word).or_insert(0) += 1;
            }
        }));
    }
    for child in children {
        child.join().unwrap();
    }
    tally
}
