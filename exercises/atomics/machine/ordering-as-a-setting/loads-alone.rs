//! Mends what has panicked first.

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
        self.hits.load(loading(self.order))
    }

    pub fn reset(&self) {
        self.hits.store(0, self.order);
    }
}

fn loading(order: Ordering) -> Ordering {
    match order {
        Ordering::Release => Ordering::Relaxed,
        Ordering::AcqRel => Ordering::Acquire,
        order => order,
    }
}
