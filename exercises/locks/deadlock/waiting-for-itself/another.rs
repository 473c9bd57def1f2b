//! Locked once: the entry in the map is looked at and changed through the same guard.

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
        let mut stock = self.stock.lock().unwrap();
        let there = stock.entry(item.to_owned()).or_insert(0);
        let sold = wanted(*there).min(*there);
        *there -= sold;
        sold
    }
}
