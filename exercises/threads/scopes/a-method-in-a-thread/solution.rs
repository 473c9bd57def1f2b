//! A scope ends before the call does, so its threads may borrow `self`.

use std::thread;

pub struct Text {
    lines: Vec<String>,
}

impl Text {
    pub fn new(lines: Vec<String>) -> Text {
        Text { lines }
    }

    pub fn words(&self, count: fn(&str) -> usize) -> usize {
        let middle = self.lines.len() / 2;
        thread::scope(|s| {
            let child = s.spawn(|| self.words_of(middle, self.lines.len(), count));
            self.words_of(0, middle, count) + child.join().unwrap()
        })
    }

    fn words_of(&self, from: usize, to: usize, count: fn(&str) -> usize) -> usize {
        self.lines[from..to].iter().map(|line| count(line)).sum()
    }
}
