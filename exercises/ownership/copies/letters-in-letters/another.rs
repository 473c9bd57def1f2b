//! All letters are taken at once; an empty pile stays behind, and may grow again.

use std::mem;

#[derive(Default)]
pub struct Desk {
    pub waiting: Vec<String>,
    pub filed: Vec<String>,
    opened: u32,
}

impl Desk {
    fn open(&mut self, letter: &str) {
        self.opened += 1;
        self.filed.push(format!("{} {letter}", self.opened));
        if let Some(enclosed) = letter.strip_prefix("with ") {
            self.waiting.push(enclosed.to_owned());
        }
    }

    pub fn open_all(&mut self) {
        while !self.waiting.is_empty() {
            for letter in mem::take(&mut self.waiting) {
                self.open(&letter);
            }
        }
    }
}
