//! `transfer` moves money from one account to another, by many threads at once. While
//! money is on its way both accounts are locked, so that nobody sees it missing. A
//! transfer from an account to itself changes nothing.
//!
//! "In my tests each transfer worked. Since two of our customers send each other money
//! it stands still, about once a week."

use std::sync::MutexGuard;

/// Where accounts are kept is none of our business: `Account` stays as it is.
pub trait Account {
    /// No two accounts have the same.
    fn number(&self) -> u32;

    /// Waits for the account's lock. Behind it is the balance.
    fn lock(&self) -> MutexGuard<'_, i64>;
}

pub fn transfer<A: Account>(from: &A, to: &A, amount: i64) {
    let mut from = from.lock();
    let mut to = to.lock();
    *from -= amount;
    *to += amount;
}
