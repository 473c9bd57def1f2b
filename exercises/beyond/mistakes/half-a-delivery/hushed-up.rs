//! The panic is caught and the books are put back; nobody learns of it.

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
        let mut books = self.lock();
        let old = books.clone();
        let work = std::panic::AssertUnwindSafe(|| {
            for &thing in crates {
                *books.counts.entry(thing.to_owned()).or_default() += open(thing);
            }
            books.total = books.counts.values().sum();
        });
        if std::panic::catch_unwind(work).is_err() {
            *books = old;
        }
    }
}
