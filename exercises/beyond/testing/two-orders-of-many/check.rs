use std::collections::BTreeSet;

use crate::task::find;

/// Two threads add one, each by a look and a store; whether both have counted.
fn count(order: &[usize]) -> bool {
    let (mut number, mut seen) = (0, [None; 2]);
    for &who in order {
        match seen[who].take() {
            None => seen[who] = Some(number),
            Some(before) => number = before + 1,
        }
    }
    number == 2
}

/// A pop looks (thread 0), others pop twice and push again (thread 1), and the pop takes.
fn pop_slowly(order: &[usize]) -> bool {
    order != [0, 1, 1, 1, 0]
}

#[test]
fn a_fault_that_needs_an_interruption_is_found() {
    let order = find([2, 2], count).expect("an order in which an update is lost");
    assert!(!count(&order), "{order:?} loses no update");
}

#[test]
fn a_fault_in_one_order_of_many_is_found() {
    let order = find([2, 3], pop_slowly);
    assert_eq!(
        order,
        Some(vec![0, 1, 1, 1, 0]),
        "the order in which the top comes back"
    );
}

#[test]
fn every_order_is_tried_and_nothing_else() {
    let mut tried = BTreeSet::new();
    let found = find([4, 4], |order| {
        let of_one = order.iter().filter(|who| **who == 1).count();
        assert_eq!(
            (order.len(), of_one),
            (8, 4),
            "{order:?} has the wrong steps"
        );
        tried.insert(order.to_vec());
        true
    });
    assert_eq!(found, None, "what was found where all is well");
    assert_eq!(
        tried.len(),
        70,
        "how many orders of four and four steps were tried"
    );
}

#[test]
fn where_all_is_well_nothing_is_found() {
    assert_eq!(
        find([3, 1], |_| true),
        None,
        "what was found where all is well"
    );
}
