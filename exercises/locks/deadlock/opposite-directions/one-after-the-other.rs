//! Never two locks at once: no deadlock, and between the two the money is nowhere.

use std::sync::MutexGuard;

pub trait Account {
    fn number(&self) -> u32;
    fn lock(&self) -> MutexGuard<'_, i64>;
}

pub fn transfer<A: Account>(from: &A, to: &A, amount: i64) {
    *from.lock() -= amount;
    *to.lock() += amount;
}
