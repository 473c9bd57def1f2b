//! First all that may fail, then all that can't: the crates are opened before the books are.

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

    pub fn books(&self) -> Books {
        self.lock().clone()
    }

    pub fn deliver(&self, crates: &[&str], open: impl Fn(&str) -> u32) {
        let opened: Vec<(&str, u32)> = crates.iter().map(|&thing| (thing, open(thing))).collect();
        let mut books = self.lock();
        for (thing, count) in opened {
            *books.counts.entry(thing.to_owned()).or_default() += count;
        }
        books.total = books.counts.values().sum();
    }
}
