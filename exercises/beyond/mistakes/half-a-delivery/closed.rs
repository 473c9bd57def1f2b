//! The poison is heeded by everybody, and the shop is closed for good.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

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
        self.books.lock().expect("the shop is closed")
    }

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
