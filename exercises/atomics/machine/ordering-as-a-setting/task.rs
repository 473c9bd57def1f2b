//! A counter that leaves the ordering to whoever makes it, for all that is done with it. `new`,
//! `hit`, `read` and `reset` must stay as the check calls them, and every ordering is welcome.
//!
//! "Some want it fast, some want it safe, so the ordering is a setting. With Relaxed and SeqCst
//! it works everywhere. With AcqRel it counts, and then it falls over."

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
        self.hits.load(self.order)
    }

    pub fn reset(&self) {
        self.hits.store(0, self.order);
    }
}
