//! Wait for both, and then look at what they came to together.

use std::sync::Arc;
use std::thread;

pub trait Counter: Send + Sync + 'static {
    fn increment(&self);
    fn get(&self) -> u32;
}

pub fn counts(counter: Arc<impl Counter>) -> bool {
    let threads = [(); 2].map(|()| {
        let counter = counter.clone();
        thread::spawn(move || counter.increment())
    });
    let ended_well = threads.map(|thread| thread.join().is_ok());
    ended_well == [true; 2] && counter.get() == 2
}
