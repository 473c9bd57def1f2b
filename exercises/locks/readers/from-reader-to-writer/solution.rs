//! The answer is copied out in a `let`, and at the semicolon the reader's guard is gone.
//! Before writing, it looks again.

use std::collections::HashMap;
use std::sync::RwLock;

pub type Cache = RwLock<HashMap<String, usize>>;

pub fn look_up(cache: &Cache, key: &str, make: impl FnOnce(&str) -> usize) -> usize {
    let there = cache.read().unwrap().get(key).copied();
    match there {
        Some(value) => value,
        None => {
            let made = make(key);
            let mut cache = cache.write().unwrap();
            *cache.entry(key.to_owned()).or_insert(made)
        }
    }
}
