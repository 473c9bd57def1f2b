//! What isn't tried at once can't go wrong at once.

use std::sync::Arc;

pub trait Counter: Send + Sync + 'static {
    fn increment(&self);
    fn get(&self) -> u32;
}

pub fn counts(counter: Arc<impl Counter>) -> bool {
    counter.increment();
    counter.increment();
    counter.get() == 2
}
