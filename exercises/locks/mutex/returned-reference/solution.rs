//! A copy of the name belongs to the caller, and needs no lock.

use std::sync::Mutex;

pub struct Guests {
    pub names: Mutex<Vec<String>>,
}

impl Guests {
    pub fn new() -> Guests {
        Guests {
            names: Mutex::new(Vec::new()),
        }
    }

    pub fn add(&self, name: &str) {
        self.names.lock().unwrap().push(name.to_owned());
    }

    pub fn clear(&self) {
        self.names.lock().unwrap().clear();
    }

    pub fn longest(&self) -> String {
        let names = self.names.lock().unwrap();
        let longest = names.iter().max_by_key(|name| name.len());
        longest.cloned().unwrap_or_default()
    }
}
