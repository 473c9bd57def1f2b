//! No thread, no trouble, and nobody to share the work with.

pub struct Text {
    lines: Vec<String>,
}

impl Text {
    pub fn new(lines: Vec<String>) -> Text {
        Text { lines }
    }

    pub fn words(&self, count: fn(&str) -> usize) -> usize {
        let middle = self.lines.len() / 2;
        self.words_of(0, middle, count) + self.words_of(middle, self.lines.len(), count)
    }

    fn words_of(&self, from: usize, to: usize, count: fn(&str) -> usize) -> usize {
        self.lines[from..to].iter().map(|line| count(line)).sum()
    }
}
