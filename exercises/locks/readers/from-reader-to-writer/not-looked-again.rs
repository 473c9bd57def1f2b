//! The guard is gone, and so is what it said: in the gap somebody else has written.

use std::collections::HashMap;
use std::sync::RwLock;

pub type Cache = RwLock<HashMap<String, usize>>;

pub fn look_up(cache: &Cache, key: &str, make: impl FnOnce(&str) -> usize) -> usize {
    let there = cache.read().unwrap().get(key).copied();
    match there {
        Some(value) => value,
        None => {
            let value = make(key);
            cache.write().unwrap().insert(key.to_owned(), value);
            value
        }
    }
}
