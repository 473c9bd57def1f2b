//! A cache that many threads use. `look_up` returns what the cache holds under `key`; if
//! that is nothing yet, it has it made, keeps it and returns it. Making takes long, so
//! others may use the cache meanwhile, to write as well as to read. If one of them has
//! kept something under the same key by then, that stays, and everybody gets it.
//!
//! "I read, and only if nothing is there I write. As long as everything is in the cache
//! it works. With the first new key the program stands still."

use std::collections::HashMap;
use std::sync::RwLock;

pub type Cache = RwLock<HashMap<String, usize>>;

pub fn look_up(cache: &Cache, key: &str, make: impl FnOnce(&str) -> usize) -> usize {
    match cache.read().unwrap().get(key) {
        Some(&value) => value,
        None => {
            let value = make(key);
            cache.write().unwrap().insert(key.to_owned(), value);
            value
        }
    }
}
