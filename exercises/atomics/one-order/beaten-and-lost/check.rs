use std::cell::Cell;
use std::sync::atomic::AtomicU32;

use crate::task::{Number, record};

/// A number to which somebody else stores once, before the operation numbered `when`.
struct Disturbed {
    number: Cell<u32>,
    operations: Cell<u32>,
    when: u32,
    other: u32,
}

impl Disturbed {
    fn operation(&self) {
        if self.operations.get() == self.when {
            self.number.set(self.number.get().max(self.other));
        }
        self.operations.set(self.operations.get() + 1);
    }
}

impl Number for Disturbed {
    fn load(&self) -> u32 {
        self.operation();
        self.number.get()
    }

    fn store(&self, new: u32) {
        self.operation();
        self.number.set(new);
    }

    fn fetch_max(&self, other: u32) -> u32 {
        self.operation();
        self.number.replace(self.number.get().max(other))
    }

    fn compare_exchange(&self, current: u32, new: u32) -> Result<u32, u32> {
        self.operation();
        if self.number.get() != current {
            return Err(self.number.get());
        }
        Ok(self.number.replace(new))
    }
}

/// Records `score` while somebody else records `other`, at every moment there is: before
/// each operation, or after the last one. Gives the best score then, and what `record` said.
fn at_every_moment(score: u32, other: u32) -> impl Iterator<Item = (u32, bool)> {
    (0..8).map(move |when| {
        let best = Disturbed {
            number: Cell::new(1),
            operations: Cell::new(0),
            when,
            other,
        };
        let was_best = record(&best, score);
        if best.operations.get() <= when {
            best.number.set(best.number.get().max(other));
        }
        (best.number.get(), was_best)
    })
}

#[test]
fn the_best_score_never_gets_worse() {
    for (best, _) in at_every_moment(5, 9) {
        assert_eq!(best, 9, "the best score of 5 and 9");
    }
}

#[test]
fn a_better_score_is_kept() {
    for (best, was_best) in at_every_moment(9, 5) {
        assert_eq!(best, 9, "the best score of 9 and 5");
        assert!(was_best, "whether the 9 was the best of 9 and 5");
    }
}

#[test]
fn only_a_better_score_is_told_of() {
    let best = AtomicU32::new(7);
    assert!(!record(&best, 5), "whether a 5 is better than a 7");
    assert!(!record(&best, 7), "whether a 7 is better than a 7");
    assert!(record(&best, 8), "whether an 8 is better than a 7");
    assert_eq!(Number::load(&best), 8, "the best score of 7 and 8");
}
