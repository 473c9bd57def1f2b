use std::cell::Cell;

use crate::task::Tickets;

/// While the first customer pays for the last ticket, a second one wants it. Tells how
/// many paid, and how many got a ticket.
fn two_for_the_last(tickets: &Tickets) -> (u32, u32) {
    let (paid, sold) = (Cell::new(0), Cell::new(0));
    let pay = || {
        paid.set(paid.get() + 1);
        true
    };
    let first = tickets.sell(|| {
        if tickets.sell(pay) {
            sold.set(sold.get() + 1);
        }
        pay()
    });
    (paid.get(), sold.get() + u32::from(first))
}

#[test]
fn the_last_ticket_is_sold_once() {
    let tickets = Tickets::new(1);
    let (_, sold) = two_for_the_last(&tickets);
    assert_eq!(sold, 1, "how many were sold of one ticket");
    assert_eq!(tickets.left(), 0, "how many are left then");
}

#[test]
fn nobody_pays_for_nothing() {
    let (paid, sold) = two_for_the_last(&Tickets::new(1));
    assert_eq!(paid, sold, "how many paid, and how many got a ticket");
    Tickets::new(0).sell(|| panic!("how many paid, and there was no ticket"));
}

#[test]
fn who_does_not_pay_leaves_the_ticket() {
    let tickets = Tickets::new(2);
    assert!(!tickets.sell(|| false), "sold to somebody who didn't pay");
    assert!(tickets.sell(|| true), "not sold to somebody who paid");
    assert_eq!(tickets.left(), 1, "how many of two are left after one sale");
}
