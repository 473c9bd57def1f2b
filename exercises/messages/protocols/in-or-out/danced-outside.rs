//! One type with all the steps: it compiles, and people dance in the street.

struct Guest(Vec<String>);

impl Guest {
    fn step(mut self, what: &str) -> Guest {
        self.0.push(what.to_owned());
        self
    }
}

pub fn evening(age: u32, songs: u32) -> Vec<String> {
    let entrance = if age >= 18 { "in" } else { "turned away" };
    let mut guest = Guest(Vec::new()).step(entrance);
    for _ in 0..songs {
        guest = guest.step("dance");
    }
    guest.step("out").0
}
