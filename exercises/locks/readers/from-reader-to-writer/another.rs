//! To look is a function of its own: no guard leaves it. Whoever wants to write after
//! making looks again under the writer's guard.

use std::collections::HashMap;
use std::sync::RwLock;

pub type Cache = RwLock<HashMap<String, usize>>;

fn there(cache: &Cache, key: &str) -> Option<usize> {
    cache.read().unwrap().get(key).copied()
}

pub fn look_up(cache: &Cache, key: &str, make: impl FnOnce(&str) -> usize) -> usize {
    if let Some(value) = there(cache, key) {
        return value;
    }
    let made = make(key);
    let mut writer = cache.write().unwrap();
    if let Some(&earlier) = writer.get(key) {
        return earlier;
    }
    writer.insert(key.to_owned(), made);
    made
}
