//! The names of skeptic's tests are those we count on, and no two blocks share one.

use std::collections::BTreeSet;
use std::path::Path;

use mdbook_verdict::Book;
use skeptic_tests::{Order, hand_over};

use crate::planted;

#[test]
fn skeptic_names_its_tests_as_foretold() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/planted");
    let book = Book::load(&root).expect("the planted book can be read");
    let foretold: Vec<_> = hand_over(&book, env!("BLOCK_TARGET"))
        .into_iter()
        .map(|handed| handed.test)
        .collect();
    let made: Vec<_> = planted::TESTS.iter().map(|test| test.name).collect();
    assert_eq!(made, foretold);
    assert_eq!(made.iter().collect::<BTreeSet<_>>().len(), made.len());
}

#[test]
fn a_name_says_chapter_and_line_and_is_a_functions_name() {
    let made: BTreeSet<_> = planted::TESTS.iter().map(|test| test.name).collect();
    for name in [
        "holds_line_3",
        "panics_line_3",
        "panics_compiles_line_3",
        // Two chapters that would be called the same.
        "met_twice_line_3",
        "met_twice_2_line_3",
        // A function's name begins with no figure.
        "chapter_2_numbers_01_first_line_3",
        "in_an_admonition_line_4",
        "in_an_admonition_line_11",
    ] {
        assert!(made.contains(name), "{name} is not among {made:?}");
    }
}

#[test]
fn an_order_is_read_as_it_was_written() {
    for (test_harness, rejected) in [(false, false), (false, true), (true, false), (true, true)] {
        let order = Order {
            edition: "2021".to_owned(),
            test_harness,
            rejected,
        };
        let program = format!("fn main() {{}}\n{}\n", order.line());
        assert_eq!(Order::read(&program), Some(order));
    }
    assert_eq!(Order::read("fn main() {}\n"), None);
    assert_eq!(Order::read(""), None);
}
