//! Operations that load and store in one take every ordering: to read is to add nothing.

use std::sync::atomic::{AtomicU32, Ordering};

pub struct Counter {
    hits: AtomicU32,
    order: Ordering,
}

impl Counter {
    pub fn new(order: Ordering) -> Counter {
        Counter {
            hits: AtomicU32::new(0),
            order,
        }
    }

    pub fn hit(&self) {
        self.hits.fetch_add(1, self.order);
    }

    pub fn read(&self) -> u32 {
        self.hits.fetch_add(0, self.order)
    }

    pub fn reset(&self) {
        self.hits.swap(0, self.order);
    }
}
