//! Looking before locking ends the waiting, and opens a gap.

use std::collections::HashMap;
use std::sync::Mutex;

pub struct Shop {
    pub stock: Mutex<HashMap<String, u32>>,
}

impl Shop {
    pub fn count(&self, item: &str) -> u32 {
        self.stock.lock().unwrap().get(item).copied().unwrap_or(0)
    }

    pub fn sell(&self, item: &str, wanted: impl FnOnce(u32) -> u32) -> u32 {
        let there = self.count(item);
        let sold = wanted(there).min(there);
        let mut stock = self.stock.lock().unwrap();
        stock.insert(item.to_owned(), there - sold);
        sold
    }
}
