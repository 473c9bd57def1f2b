//! `take` leaves a whole room, but an empty one.

#[derive(Debug, PartialEq)]
pub struct Room {
    pub number: u32,
    pub guest: Option<String>,
}

pub fn greet(mut room: Room) -> (String, Room) {
    let greeting = match room.guest.take() {
        Some(name) => format!("Good evening, {name}!"),
        None => "Nobody here.".to_owned(),
    };
    (greeting, room)
}
