//! A copy of the name, whether there is one or not.

#[derive(Debug, PartialEq)]
pub struct Room {
    pub number: u32,
    pub guest: Option<String>,
}

pub fn greet(room: Room) -> (String, Room) {
    let name = room.guest.clone().unwrap();
    (format!("Good evening, {name}!"), room)
}
