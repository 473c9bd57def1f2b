//! The accounts are put in order, and the money then flows from the first to the second.

use std::sync::MutexGuard;

pub trait Account {
    fn number(&self) -> u32;
    fn lock(&self) -> MutexGuard<'_, i64>;
}

pub fn transfer<A: Account>(from: &A, to: &A, amount: i64) {
    if from.number() == to.number() {
        return;
    }
    let (first, second) = match from.number() < to.number() {
        true => (from, to),
        false => (to, from),
    };
    let (mut first, mut second) = (first.lock(), second.lock());
    *first -= amount;
    *second += amount;
}
