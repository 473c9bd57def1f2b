//! One order for all: the account with the lower number is locked first, whichever way
//! the money goes.

use std::sync::MutexGuard;

pub trait Account {
    fn number(&self) -> u32;
    fn lock(&self) -> MutexGuard<'_, i64>;
}

pub fn transfer<A: Account>(from: &A, to: &A, amount: i64) {
    if from.number() == to.number() {
        return;
    }
    let (mut from, mut to) = if from.number() < to.number() {
        let from = from.lock();
        (from, to.lock())
    } else {
        let to = to.lock();
        (from.lock(), to)
    };
    *from -= amount;
    *to += amount;
}
