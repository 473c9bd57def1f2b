//! Whoever wakes it, it takes for granted that the condition is true by then.

use std::sync::Mutex;
use std::thread::{self, Thread};

pub struct Bell {
    sleepers: Mutex<Vec<Thread>>,
}

impl Bell {
    pub fn new() -> Bell {
        Bell {
            sleepers: Mutex::new(Vec::new()),
        }
    }

    pub fn ring(&self) {
        for sleeper in self.sleepers.lock().unwrap().drain(..) {
            sleeper.unpark();
        }
    }

    pub fn wait_until(&self, mut condition: impl FnMut() -> bool) {
        self.sleepers.lock().unwrap().push(thread::current());
        if !condition() {
            thread::park();
        }
    }
}
