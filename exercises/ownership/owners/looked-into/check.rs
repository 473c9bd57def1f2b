use crate::task::{Room, greet};

fn room(guest: Option<&str>) -> Room {
    Room {
        number: 7,
        guest: guest.map(str::to_owned),
    }
}

#[test]
fn a_guest_is_greeted_and_stays_in_the_room() {
    let (greeting, after) = greet(room(Some("Ada")));
    assert_eq!(greeting, "Good evening, Ada!", "the greeting");
    assert_eq!(after, room(Some("Ada")), "the room that comes back");
}

#[test]
fn an_empty_room_stays_empty() {
    let (greeting, after) = greet(room(None));
    assert_eq!(greeting, "Nobody here.", "the greeting");
    assert_eq!(after, room(None), "the room that comes back");
}
