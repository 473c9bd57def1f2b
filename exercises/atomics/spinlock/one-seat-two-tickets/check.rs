use crate::task::Seat;
use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;

/// Somebody else comes, on a thread of their own, and goes again.
fn in_another_thread(book: impl FnOnce() -> bool + Send) -> bool {
    thread::scope(|s| s.spawn(book).join().unwrap())
}

#[test]
fn a_seat_is_booked_once_even_while_somebody_pays() {
    let seat = Seat::new();
    let other = Cell::new(false);
    let one = seat.book(|| {
        other.set(in_another_thread(|| seat.book(|| true)));
        true
    });
    let tickets = u8::from(one) + u8::from(other.get());
    assert_eq!(tickets, 1, "tickets for the one seat");
}

#[test]
fn who_does_not_get_the_seat_pays_nothing() {
    let seat = Seat::new();
    let payments = AtomicUsize::new(0);
    let pay = || payments.fetch_add(1, SeqCst) < 100;
    seat.book(|| {
        in_another_thread(|| seat.book(pay));
        pay()
    });
    seat.book(pay);
    assert_eq!(payments.load(SeqCst), 1, "payments for the one seat");
}

#[test]
fn a_seat_that_was_not_paid_for_is_free_again() {
    let seat = Seat::new();
    let unpaid = seat.book(|| false);
    let paid = seat.book(|| true);
    assert_eq!(
        (unpaid, paid),
        (false, true),
        "whether who didn't pay had the seat, and whether who came then and paid did"
    );
}
