//! Looked up in a `let` of its own: the guard ends at the semicolon, in every edition.

use std::collections::HashMap;
use std::sync::Mutex;

pub struct Cache {
    known: Mutex<HashMap<String, usize>>,
}

impl Cache {
    pub fn new() -> Cache {
        Cache {
            known: Mutex::new(HashMap::new()),
        }
    }

    /// Whether nobody has the cache locked.
    pub fn is_free(&self) -> bool {
        self.known.try_lock().is_ok()
    }

    pub fn get(&self, name: &str, compute: impl FnOnce() -> usize) -> usize {
        let found = self.known.lock().unwrap().get(name).copied();
        match found {
            Some(value) => value,
            None => {
                let value = compute();
                self.known.lock().unwrap().insert(name.to_owned(), value);
                value
            }
        }
    }
}
