//! One type for both ways on: an enum, which has to be looked into.

struct AtDoor(Vec<String>);
struct Inside(Vec<String>);
struct Outside(Vec<String>);

impl AtDoor {
    fn let_in(mut self) -> Inside {
        self.0.push("in".to_owned());
        Inside(self.0)
    }

    fn turn_away(mut self) -> Outside {
        self.0.push("turned away".to_owned());
        Outside(self.0)
    }
}

impl Inside {
    fn dance(mut self) -> Inside {
        self.0.push("dance".to_owned());
        self
    }

    fn leave(mut self) -> Outside {
        self.0.push("out".to_owned());
        Outside(self.0)
    }
}

impl Outside {
    fn go_home(self) -> Vec<String> {
        self.0
    }
}

enum Guest {
    In(Inside),
    Out(Outside),
}

impl AtDoor {
    fn enter(self, age: u32) -> Guest {
        if age >= 18 {
            Guest::In(self.let_in())
        } else {
            Guest::Out(self.turn_away())
        }
    }
}

pub fn evening(age: u32, songs: u32) -> Vec<String> {
    let outside = match AtDoor(Vec::new()).enter(age) {
        Guest::In(inside) => (0..songs).fold(inside, |guest, _| guest.dance()).leave(),
        Guest::Out(outside) => outside,
    };
    outside.go_home()
}
