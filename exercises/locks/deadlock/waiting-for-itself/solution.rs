//! What needs the stock gets the stock, and not the lock: `count_in` locks nothing.

use std::collections::HashMap;
use std::sync::Mutex;

pub struct Shop {
    pub stock: Mutex<HashMap<String, u32>>,
}

fn count_in(stock: &HashMap<String, u32>, item: &str) -> u32 {
    stock.get(item).copied().unwrap_or(0)
}

impl Shop {
    pub fn count(&self, item: &str) -> u32 {
        count_in(&self.stock.lock().unwrap(), item)
    }

    pub fn sell(&self, item: &str, wanted: impl FnOnce(u32) -> u32) -> u32 {
        let mut stock = self.stock.lock().unwrap();
        let there = count_in(&stock, item);
        let sold = wanted(there).min(there);
        stock.insert(item.to_owned(), there - sold);
        sold
    }
}
