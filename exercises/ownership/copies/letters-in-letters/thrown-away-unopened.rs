//! What is read is a copy, and what came in meanwhile is thrown away unopened.

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
        for letter in self.waiting.clone() {
            self.open(&letter);
        }
        self.waiting.clear();
    }
}
