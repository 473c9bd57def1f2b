//! Back to the `if let`: since edition 2024 the guard in its head ends before the `else`.

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
        if let Some(value) = self.known.lock().unwrap().get(name) {
            *value
        } else {
            let value = compute();
            self.known.lock().unwrap().insert(name.to_owned(), value);
            value
        }
    }
}
