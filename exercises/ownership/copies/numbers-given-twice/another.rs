//! A step that consumes the numbers and gives the next ones: none can be used twice.

#[derive(Default)]
struct Numbers {
    last: u32,
}

impl Numbers {
    fn next(self) -> (u32, Numbers) {
        let last = self.last + 1;
        (last, Numbers { last })
    }
}

#[derive(Default)]
pub struct Office {
    numbers: Numbers,
}

impl Office {
    pub fn day(&mut self, visitors: &[&str]) -> Vec<String> {
        let mut numbers = std::mem::take(&mut self.numbers);
        let mut given = Vec::new();
        for visitor in visitors {
            let number;
            (number, numbers) = numbers.next();
            given.push(format!("{number} {visitor}"));
        }
        self.numbers = numbers;
        given
    }
}
