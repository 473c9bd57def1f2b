use crate::task::{Hall, Hold};

/// A customer who asks for the price and goes away, out of the middle.
fn look_only(hall: &mut Hall) -> Option<u32> {
    let hold: Hold = hall.hold()?;
    let price: Option<u32> = None;
    let paid = price?;
    Some(hold.sell().seat + paid)
}

#[test]
fn a_hold_that_is_dropped_gives_its_seat_back() {
    let mut hall = Hall::new(1);
    look_only(&mut hall);
    let seat = hall.hold().map(|hold| hold.sell().seat);
    assert_eq!(seat, Some(1), "the seat for the next customer");
}

#[test]
fn a_sold_seat_is_never_free_again() {
    let mut hall = Hall::new(2);
    let tickets = [hall.hold(), hall.hold()].map(|hold| hold.unwrap().sell());
    let mut seats = tickets.map(|ticket| ticket.seat);
    seats.sort();
    assert_eq!(seats, [1, 2], "the seats that were sold");
    let seat = hall.hold().map(|hold| hold.sell().seat);
    assert_eq!(seat, None, "the seat when all are sold");
}

#[test]
fn a_cancelled_seat_is_free_once() {
    let mut hall = Hall::new(1);
    let hold = hall.hold().unwrap();
    hall.cancel(hold);
    let first = hall.hold();
    let second = hall.hold();
    assert_eq!(
        (first.is_some(), second.is_some()),
        (true, false),
        "whether the one seat could be held, and held again"
    );
}
