//! The match looks at the guest through a reference, so the name is only lent.

#[derive(Debug, PartialEq)]
pub struct Room {
    pub number: u32,
    pub guest: Option<String>,
}

pub fn greet(room: Room) -> (String, Room) {
    let greeting = match &room.guest {
        Some(name) => format!("Good evening, {name}!"),
        None => "Nobody here.".to_owned(),
    };
    (greeting, room)
}
