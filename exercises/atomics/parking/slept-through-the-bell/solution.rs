//! Who asks is among the sleepers already. A bell that rings meanwhile leaves its
//! token, and `park` returns at once.

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
        loop {
            self.sleepers.lock().unwrap().push(thread::current());
            if condition() {
                break;
            }
            thread::park();
        }
        let me = thread::current().id();
        let mut sleepers = self.sleepers.lock().unwrap();
        sleepers.retain(|sleeper| sleeper.id() != me);
    }
}
