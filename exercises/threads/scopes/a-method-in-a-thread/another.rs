//! The thread owns what it needs: the text and the thread own the lines together.

use std::sync::Arc;
use std::thread;

pub struct Text {
    lines: Arc<Vec<String>>,
}

impl Text {
    pub fn new(lines: Vec<String>) -> Text {
        Text {
            lines: Arc::new(lines),
        }
    }

    pub fn words(&self, count: fn(&str) -> usize) -> usize {
        let middle = self.lines.len() / 2;
        let lines = Arc::clone(&self.lines);
        let child = thread::spawn(move || words_of(&lines[middle..], count));
        words_of(&self.lines[..middle], count) + child.join().unwrap()
    }
}

fn words_of(lines: &[String], count: fn(&str) -> usize) -> usize {
    lines.iter().map(|line| count(line)).sum()
}
