//! One look-up with one exclusive borrow: the entry knows whether it is taken.

use std::collections::HashMap;

#[derive(Default)]
pub struct Greetings {
    known: HashMap<String, String>,
}

impl Greetings {
    pub fn get(&mut self, name: &str, write: impl FnOnce(&str) -> String) -> &str {
        self.known
            .entry(name.to_owned())
            .or_insert_with(|| write(name))
    }
}
