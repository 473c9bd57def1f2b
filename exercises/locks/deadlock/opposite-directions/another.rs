//! One transfer at a time: who has the key may lock accounts in any order.

use std::sync::{Mutex, MutexGuard};

pub trait Account {
    fn number(&self) -> u32;
    fn lock(&self) -> MutexGuard<'_, i64>;
}

static KEY: Mutex<()> = Mutex::new(());

pub fn transfer<A: Account>(from: &A, to: &A, amount: i64) {
    if from.number() == to.number() {
        return;
    }
    let _key = KEY.lock().unwrap();
    let mut from = from.lock();
    let mut to = to.lock();
    *from -= amount;
    *to += amount;
}
