//! The day's work is done with the office's own numbers: they are lent, not copied.

#[derive(Default)]
struct Numbers {
    last: u32,
}

impl Numbers {
    fn next(&mut self) -> u32 {
        self.last += 1;
        self.last
    }
}

#[derive(Default)]
pub struct Office {
    numbers: Numbers,
}

impl Office {
    pub fn day(&mut self, visitors: &[&str]) -> Vec<String> {
        let numbers = &mut self.numbers;
        let mut given = Vec::new();
        for visitor in visitors {
            given.push(format!("{} {visitor}", numbers.next()));
        }
        given
    }
}
