//! Nothing is shared: each thread returns its words, and one tally is kept here.

use std::collections::BTreeMap;
use std::thread;

pub fn tally(texts: Vec<String>, words: fn(&str) -> Vec<String>) -> BTreeMap<String, u32> {
    let children: Vec<_> = texts
        .into_iter()
        .map(|text| thread::spawn(move || words(&text)))
        .collect();
    let mut tally = BTreeMap::new();
    for child in children {
        for word in child.join().unwrap() {
            *tally.entry(word).or_insert(0) += 1;
        }
    }
    tally
}
