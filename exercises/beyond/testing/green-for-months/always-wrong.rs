//! Wrong, to be on the safe side.

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
    false
}
