use crate::task::Number;
use std::cell::Cell;
use std::thread;

/// Updates a 5 by `next`. The first time that this thinks, another thread adds 1.
fn interrupted(next: impl Fn(u64) -> u64) -> u64 {
    let number = Number::new(5);
    let first = Cell::new(true);
    number.update(|value| {
        if first.replace(false) {
            thread::scope(|s| {
                s.spawn(|| number.update(|value| value + 1));
            });
        }
        next(value)
    });
    number.get()
}

#[test]
fn an_update_is_made_even_if_another_was_faster() {
    let number = interrupted(|value| value + 10);
    assert_eq!(number, 16, "the number 5 after both updates, + 1 and + 10");
}

#[test]
fn an_update_starts_from_what_the_faster_one_has_left() {
    let number = interrupted(|value| value * 2);
    assert_eq!(number, 12, "the number 5 after both updates, + 1 and * 2");
}
