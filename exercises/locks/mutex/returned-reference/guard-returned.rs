//! Returning the guard with the name is sound, and locks everybody else out.

use std::fmt;
use std::sync::{Mutex, MutexGuard};

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

    pub fn longest(&self) -> Longest<'_> {
        let names = self.names.lock().unwrap();
        Longest(names)
    }
}

pub struct Longest<'a>(MutexGuard<'a, Vec<String>>);

impl fmt::Display for Longest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let longest = self.0.iter().max_by_key(|name| name.len());
        f.write_str(longest.map_or("", |name| name.as_str()))
    }
}
