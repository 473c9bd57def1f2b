//! Each office gives its visitors numbers, beginning with 1, and goes on counting
//! from one day to the next: no number of an office is given twice.
//!
//! "Within a day all is well. But every morning it begins with 1 again, and I never
//! set it back anywhere."

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
    /// The numbers that this day's visitors are given, in the order they came.
    pub fn day(&mut self, visitors: &[&str]) -> Vec<String> {
        let mut numbers = self.numbers;
        let mut given = Vec::new();
        for visitor in visitors {
            given.push(format!("{} {visitor}", numbers.next()));
        }
        given
    }
}
