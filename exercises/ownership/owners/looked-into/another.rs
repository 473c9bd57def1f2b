//! The name is taken out, as in the start, and given a new owner: the room, made anew.

#[derive(Debug, PartialEq)]
pub struct Room {
    pub number: u32,
    pub guest: Option<String>,
}

pub fn greet(room: Room) -> (String, Room) {
    match room.guest {
        Some(name) => {
            let greeting = format!("Good evening, {name}!");
            let guest = Some(name);
            (greeting, Room { guest, ..room })
        }
        None => ("Nobody here.".to_owned(), room),
    }
}
