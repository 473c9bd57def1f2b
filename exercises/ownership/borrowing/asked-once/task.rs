//! `Greetings` keeps the greeting of each name. One that it doesn't know yet is
//! written, once, with `write`, and kept. `get` lends it to the caller.
//!
//! "If it is there, I return it, and that's that. The line that inserts is only
//! reached if it isn't there! What is still borrowed then?"

use std::collections::HashMap;

#[derive(Default)]
pub struct Greetings {
    known: HashMap<String, String>,
}

impl Greetings {
    pub fn get(&mut self, name: &str, write: impl FnOnce(&str) -> String) -> &str {
        if let Some(greeting) = self.known.get(name) {
            return greeting;
        }
        self.known.insert(name.to_owned(), write(name));
        &self.known[name]
    }
}
