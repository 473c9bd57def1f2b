//! A stock, and its total. `deliver` adds a delivery: `open` opens a crate and says how
//! many there are in it. It may panic over a crate; then its caller learns of it, and
//! nothing of the delivery is in the stock. Whoever comes next works on.
//!
//! "We can't close the shop because one crate was broken, so I take the lock as it is.
//! But since that day the total is less than what lies on the shelves."

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Books {
    pub counts: BTreeMap<String, u32>,
    pub total: u32,
}

#[derive(Default)]
pub struct Stock {
    books: Mutex<Books>,
}

impl Stock {
    fn lock(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A copy of the books as they are.
    pub fn books(&self) -> Books {
        self.lock().clone()
    }

    pub fn deliver(&self, crates: &[&str], open: impl Fn(&str) -> u32) {
        let mut books = self.lock();
        for &thing in crates {
            let count = open(thing);
            *books.counts.entry(thing.to_owned()).or_default() += count;
        }
        books.total = books.counts.values().sum();
    }
}
