//! A guest stands at the door of a dance hall. Who is of age is let in, dances once
//! for each song and leaves; others are turned away. All go home in the end, and
//! `evening` returns what they have done. Nobody dances outside: the types see to it.
//!
//! "Both of them are guests! But the compiler says that one is `Inside` and the
//! other one `Outside`, and now I can't go on with either."

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
    let mut guest = if age >= 18 {
        door.let_in()
    } else {
        door.turn_away()
    };
    for _ in 0..songs {
        guest = guest.dance();
    }
    guest.leave().go_home()
}
