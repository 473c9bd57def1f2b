//! `greet` looks into a room, says good evening to the guest by name, if there is
//! one, and hands the room back as it was.
//!
//! "I only look who is in there! The room is still mine, nobody has taken it. But the
//! compiler says that a part of it has moved."

/// Its public parts stay as they are.
#[derive(Debug, PartialEq)]
pub struct Room {
    pub number: u32,
    pub guest: Option<String>,
}

pub fn greet(room: Room) -> (String, Room) {
    let greeting = match room.guest {
        Some(name) => format!("Good evening, {name}!"),
        None => "Nobody here.".to_owned(),
    };
    (greeting, room)
}
