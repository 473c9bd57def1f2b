//! A shop whose stock several threads sell from. `sell` asks the customer, who is told
//! how many there are, how many are wanted, sells that many at most, and returns how
//! many it sold. From the look to the sale nobody else may get at the stock.
//!
//! "`count` works. `sell` did as well, as long as it had its own copy of that code."

use std::collections::HashMap;
use std::sync::Mutex;

/// The check sees the lock: `shop.stock` stays a public `Mutex`.
pub struct Shop {
    pub stock: Mutex<HashMap<String, u32>>,
}

impl Shop {
    pub fn count(&self, item: &str) -> u32 {
        self.stock.lock().unwrap().get(item).copied().unwrap_or(0)
    }

    pub fn sell(&self, item: &str, wanted: impl FnOnce(u32) -> u32) -> u32 {
        let mut stock = self.stock.lock().unwrap();
        let there = self.count(item);
        let sold = wanted(there).min(there);
        stock.insert(item.to_owned(), there - sold);
        sold
    }
}
