use crate::task::Till;
use std::panic::{AssertUnwindSafe, catch_unwind};

#[test]
fn a_till_is_closed_after_a_change_that_went_wrong() {
    let till = Till::new();
    let wrong = till.change(|_| Err("a button".to_owned()));
    assert_eq!(wrong, Err("a button".to_owned()), "what went wrong");
    let next = till.change(|cents| Ok(cents + 5));
    assert_eq!(next, Ok(5), "what the next clerk has in the till");
}

#[test]
fn a_till_is_closed_after_a_panic() {
    let till = Till::new();
    let panicked = catch_unwind(AssertUnwindSafe(|| till.change(|_| panic!("a mouse"))));
    assert!(
        panicked.is_err(),
        "the panic has gone no further than the till"
    );
    let next = till.change(|cents| Ok(cents + 5));
    assert_eq!(next, Ok(5), "what the next clerk has in the till");
}

#[test]
fn nobody_comes_to_an_open_till() {
    let till = Till::new();
    let mut other = Ok(0);
    let one = till.change(|cents| {
        other = till.change(|cents| Ok(cents + 1000));
        Ok(cents + 5)
    });
    assert!(
        one == Ok(5) && other.is_err(),
        "two clerks at once: one was told {one:?}, the other {other:?}"
    );
}
