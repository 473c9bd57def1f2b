//! The last letter comes off first, which is easier, and the order is another one.

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
        while let Some(letter) = self.waiting.pop() {
            self.open(&letter);
        }
    }
}
