//! A step consumes the state, so it is done once, and the other songs are forgotten.

struct Inside(Vec<String>);

impl Inside {
    fn dance(mut self) -> Inside {
        self.0.push("dance".to_owned());
        self
    }

    fn leave(mut self) -> Vec<String> {
        self.0.push("out".to_owned());
        self.0
    }
}

pub fn evening(age: u32, songs: u32) -> Vec<String> {
    if age < 18 {
        return vec!["turned away".to_owned()];
    }
    let guest = Inside(vec!["in".to_owned()]);
    match songs {
        0 => guest.leave(),
        _ => guest.dance().leave(),
    }
}
