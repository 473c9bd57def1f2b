//! When an owner's values are destroyed: at the end of its scope, whatever
//! the way out, once each; and later or never only if the code says so.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use ownership::Counted;

/// Three values, in a vector, that count on `drops`.
fn three(drops: &Cell<usize>) -> Vec<Counted<'_>> {
    (0..3).map(|_| Counted(drops)).collect()
}

#[test]
fn a_value_is_destroyed_at_the_end_of_its_scope_and_not_before() {
    let drops = Cell::new(0);
    {
        let _vec = three(&drops);
        assert_eq!(drops.get(), 0);
    }
    assert_eq!(drops.get(), 3);
}

#[test]
fn a_returned_value_outlives_the_scope_that_made_it() {
    let drops = Cell::new(0);
    let vec = three(&drops);
    assert_eq!(drops.get(), 0);
    drop(vec);
    assert_eq!(drops.get(), 3);
}

#[test]
fn a_value_given_away_is_destroyed_by_the_new_owner_and_only_there() {
    fn take(vec: Vec<Counted<'_>>) {
        assert_eq!(vec.len(), 3);
    }
    let drops = Cell::new(0);
    {
        let vec = three(&drops);
        take(vec);
        assert_eq!(drops.get(), 3);
    }
    assert_eq!(drops.get(), 3);
}

#[test]
fn an_early_return_destroys_what_the_scope_owns() {
    fn leave_early(drops: &Cell<usize>, early: bool) -> &'static str {
        let _vec = three(drops);
        if early {
            return "early";
        }
        "late"
    }
    let drops = Cell::new(0);
    assert_eq!(leave_early(&drops, true), "early");
    assert_eq!(drops.get(), 3);
    assert_eq!(leave_early(&drops, false), "late");
    assert_eq!(drops.get(), 6);
}

#[test]
fn a_question_mark_that_leaves_destroys_what_the_scope_owns() {
    fn parse(drops: &Cell<usize>, text: &str) -> Result<i32, std::num::ParseIntError> {
        let _vec = three(drops);
        let number = text.parse()?;
        assert_eq!(drops.get(), 0);
        Ok(number)
    }
    let drops = Cell::new(0);
    assert!(parse(&drops, "no number").is_err());
    assert_eq!(drops.get(), 3);
}

#[test]
fn a_panic_destroys_what_the_scope_owns() {
    let drops = Cell::new(0);
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let _vec = three(&drops);
        panic!("on purpose");
    }));
    assert!(outcome.is_err());
    assert_eq!(drops.get(), 3);
}

#[test]
fn a_new_value_in_the_same_variable_destroys_the_old_one_at_once() {
    let drops = Cell::new(0);
    let mut vec = three(&drops);
    assert_eq!(vec.len(), 3);
    vec = Vec::new();
    assert_eq!(drops.get(), 3);
    assert!(vec.is_empty());
}

#[test]
fn a_forgotten_value_is_never_destroyed() {
    let drops = Cell::new(0);
    // An array, so that the test itself leaks no memory.
    std::mem::forget([Counted(&drops), Counted(&drops)]);
    assert_eq!(drops.get(), 0);
}
