//! The list and the caller own the name together: nothing is copied but a pointer.

use std::sync::{Arc, Mutex};

pub struct Guests {
    pub names: Mutex<Vec<Arc<str>>>,
}

impl Guests {
    pub fn new() -> Guests {
        Guests {
            names: Mutex::new(Vec::new()),
        }
    }

    pub fn add(&self, name: &str) {
        self.names.lock().unwrap().push(name.into());
    }

    pub fn clear(&self) {
        self.names.lock().unwrap().clear();
    }

    pub fn longest(&self) -> Arc<str> {
        let names = self.names.lock().unwrap();
        let longest = names.iter().max_by_key(|name| name.len());
        longest.cloned().unwrap_or_default()
    }
}
