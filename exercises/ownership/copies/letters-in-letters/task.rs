//! Letters wait on a desk. `open_all` opens them in the order in which they came,
//! and files them with a number. In some there is another letter: `with a bill`
//! puts `a bill` to those that wait. In the end none waits.
//!
//! "I go through the letters and open each. The loop only reads `waiting`, and `open`
//! is called with a letter and nothing else. Who needs the desk twice?"

/// Its public parts stay as they are.
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
        for letter in &self.waiting {
            self.open(letter);
        }
        self.waiting.clear();
    }
}
