//! A test of a counter: two threads increment it once each. `counts` says whether the counter
//! was right. `Counter` and the name `counts` must stay.
//!
//! "The test has been green for months. Yesterday I broke the counter on purpose, and it was
//! still green. It did print something about a panic."

use std::sync::Arc;
use std::thread;

pub trait Counter: Send + Sync + 'static {
    fn increment(&self);
    fn get(&self) -> u32;
}

pub fn counts(counter: Arc<impl Counter>) -> bool {
    let threads = [(); 2].map(|()| {
        let counter = counter.clone();
        thread::spawn(move || {
            let before = counter.get();
            counter.increment();
            assert!(counter.get() > before, "an increment is lost");
        })
    });
    for thread in threads {
        let _ = thread.join();
    }
    true
}
