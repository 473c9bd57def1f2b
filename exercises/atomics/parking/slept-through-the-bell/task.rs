//! A bell to wait for. `wait_until` sleeps until its condition is true. Whoever
//! changes something rings, and then all who sleep ask their condition again. While
//! one asks, others may ring, and so may the condition itself.
//!
//! "Once in a thousand times a thread sleeps for ever. The log says that the bell was
//! rung, and that the condition was true by then. It asks; and only if the answer is
//! no, it goes to sleep. Anything else would be silly, wouldn't it?"

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

    /// Wakes all who sleep.
    pub fn ring(&self) {
        for sleeper in self.sleepers.lock().unwrap().drain(..) {
            sleeper.unpark();
        }
    }

    /// Sleeps until `condition` is true. It is asked without any lock, and doesn't
    /// park by itself.
    pub fn wait_until(&self, mut condition: impl FnMut() -> bool) {
        while !condition() {
            self.sleepers.lock().unwrap().push(thread::current());
            thread::park();
        }
    }
}
