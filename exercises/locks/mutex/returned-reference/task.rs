//! A guest list that several threads add to. `longest` tells the longest name, which
//! its caller may keep while others go on adding, or take the names off the list.
//!
//! "It locks, it looks, it returns the name. There is nothing wrong with that, is
//! there? The compiler wants no reference out of my function."

use std::sync::Mutex;

/// Check and callers see the lock: `guests.names` stays a public `Mutex`.
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

    /// Its type may change, if only it can be shown with `{}`.
    pub fn longest(&self) -> &str {
        let names = self.names.lock().unwrap();
        let longest = names.iter().max_by_key(|name| name.len());
        longest.map_or("", |name| name.as_str())
    }
}
