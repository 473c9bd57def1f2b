//! `or_insert` wants the greeting at once, so it is written, and thrown away.

use std::collections::HashMap;

#[derive(Default)]
pub struct Greetings {
    known: HashMap<String, String>,
}

impl Greetings {
    pub fn get(&mut self, name: &str, write: impl FnOnce(&str) -> String) -> &str {
        self.known.entry(name.to_owned()).or_insert(write(name))
    }
}
