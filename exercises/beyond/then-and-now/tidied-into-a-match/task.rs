//! `get` looks a name up, and if it isn't known, has its value computed and keeps it. To
//! compute may take long, and others use the cache meanwhile. All its methods must stay.
//!
//! "We have moved to edition 2024, where a guard no longer lives on in the `else` of an `if let`.
//! I only tidied that `if let` into a `match`, and now the program stands still."

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
        match self.known.lock().unwrap().get(name) {
            Some(value) => *value,
            None => {
                let value = compute();
                self.known.lock().unwrap().insert(name.to_owned(), value);
                value
            }
        }
    }
}
