//! A scope waits for its threads, and panics if one of them did: nothing can be overlooked.

use std::sync::Arc;
use std::thread;

pub trait Counter: Send + Sync + 'static {
    fn increment(&self);
    fn get(&self) -> u32;
}

pub fn counts(counter: Arc<impl Counter>) -> bool {
    thread::scope(|scope| {
        scope.spawn(|| counter.increment());
        scope.spawn(|| counter.increment());
    });
    counter.get() == 2
}
