//! The copy is used up, and then put in the place of what it was copied from.

#[derive(Clone, Copy, Default)]
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
        let mut numbers = self.numbers;
        let mut given = Vec::new();
        for visitor in visitors {
            given.push(format!("{} {visitor}", numbers.next()));
        }
        self.numbers = numbers;
        given
    }
}
