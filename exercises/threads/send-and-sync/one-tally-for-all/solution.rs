//! `Arc` counts so that threads may, and `Mutex` lets one of them in at a time.

use std::collections::BTreeMap;
use std::mem;
use std::sync::{Arc, Mutex};
use std::thread;

pub fn tally(texts: Vec<String>, words: fn(&str) -> Vec<String>) -> BTreeMap<String, u32> {
    let tally = Arc::new(Mutex::new(BTreeMap::new()));
    let mut children = Vec::new();
    for text in texts {
        let tally = Arc::clone(&tally);
        children.push(thread::spawn(move || {
            for word in words(&text) {
                *tally.lock().unwrap().entry(word).or_insert(0) += 1;
            }
        }));
    }
    for child in children {
        child.join().unwrap();
    }
    mem::take(&mut *tally.lock().unwrap())
}
