//! A text whose words are counted by two threads, one for each half of its lines. The
//! lines may be long, so no line is copied. How a line is counted, `count` says.
//!
//! "`self` isn't going anywhere, I join the thread in the next line. And what is `'static`
//! here? I want it for the length of one call!"

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
        let child = thread::spawn(move || self.words_of(middle, self.lines.len(), count));
        self.words_of(0, middle, count) + child.join().unwrap()
    }

    fn words_of(&self, from: usize, to: usize, count: fn(&str) -> usize) -> usize {
        self.lines[from..to].iter().map(|line| count(line)).sum()
    }
}
