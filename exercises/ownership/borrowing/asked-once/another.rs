//! The question is answered by a `bool`, which borrows nothing.

use std::collections::HashMap;

#[derive(Default)]
pub struct Greetings {
    known: HashMap<String, String>,
}

impl Greetings {
    pub fn get(&mut self, name: &str, write: impl FnOnce(&str) -> String) -> &str {
        if !self.known.contains_key(name) {
            self.known.insert(name.to_owned(), write(name));
        }
        &self.known[name]
    }
}
