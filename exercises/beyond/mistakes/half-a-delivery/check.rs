use std::cell::RefCell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::task::{Books, Stock};

/// Two teas are in a crate, and three of anything else.
fn open(thing: &str) -> u32 {
    match thing {
        "broken" => panic!("this crate is broken"),
        "tea" => 2,
        _ => 3,
    }
}

fn books(counts: &[(&str, u32)]) -> Books {
    let counts: BTreeMap<_, _> = counts.iter().map(|&(it, n)| (it.to_owned(), n)).collect();
    Books {
        total: counts.values().sum(),
        counts,
    }
}

/// A stock with a crate of tea, and what came of a delivery that breaks off.
fn after_a_broken_crate() -> (Stock, bool) {
    let stock = Stock::default();
    stock.deliver(&["tea"], open);
    let delivery = || stock.deliver(&["tea", "jam", "broken", "jam"], open);
    let panicked = catch_unwind(AssertUnwindSafe(delivery)).is_err();
    (stock, panicked)
}

fn look(stock: &Stock) -> Books {
    let looked = catch_unwind(AssertUnwindSafe(|| stock.books()));
    looked.unwrap_or_else(|_| panic!("nobody can look into the books any more"))
}

#[test]
fn a_delivery_that_breaks_off_has_changed_nothing() {
    let (stock, _) = after_a_broken_crate();
    let found = look(&stock).counts;
    assert_eq!(
        found,
        books(&[("tea", 2)]).counts,
        "what is in stock after it broke off"
    );
}

#[test]
fn the_total_is_the_sum() {
    let (stock, _) = after_a_broken_crate();
    let Books { counts, total } = look(&stock);
    assert_eq!(total, counts.values().sum(), "the total after it broke off");
}

#[test]
fn who_comes_next_works_on() {
    let (stock, _) = after_a_broken_crate();
    let before = look(&stock).counts.get("honey").copied();
    let next = catch_unwind(AssertUnwindSafe(|| stock.deliver(&["honey"], open)));
    assert!(next.is_ok(), "the next delivery panics as well");
    let after = look(&stock).counts.get("honey").copied();
    assert_eq!(
        (before, after),
        (None, Some(3)),
        "the honey before the next delivery and after it"
    );
}

#[test]
fn the_caller_learns_of_it() {
    let (_, panicked) = after_a_broken_crate();
    assert!(
        panicked,
        "the caller isn't told that the delivery broke off"
    );
}

#[test]
fn each_crate_is_opened_once() {
    let opened = RefCell::new(Vec::new());
    let stock = Stock::default();
    stock.deliver(&["tea", "jam", "tea"], |thing| {
        opened.borrow_mut().push(thing.to_owned());
        open(thing)
    });
    assert_eq!(
        opened.into_inner(),
        ["tea", "jam", "tea"],
        "which crates were opened"
    );
    assert_eq!(
        look(&stock),
        books(&[("tea", 4), ("jam", 3)]),
        "what is in stock"
    );
}
