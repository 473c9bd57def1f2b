//! What is only for those inside is done where a guest is known to be inside.

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

pub fn evening(age: u32, songs: u32) -> Vec<String> {
    let door = AtDoor(Vec::new());
    let outside = if age >= 18 {
        let mut guest = door.let_in();
        for _ in 0..songs {
            guest = guest.dance();
        }
        guest.leave()
    } else {
        door.turn_away()
    };
    outside.go_home()
}
