//! The bell counts. Who saw a count before asking sleeps only while it stands.

use std::sync::{Condvar, Mutex};

pub struct Bell {
    rings: Mutex<u64>,
    changed: Condvar,
}

impl Bell {
    pub fn new() -> Bell {
        Bell {
            rings: Mutex::new(0),
            changed: Condvar::new(),
        }
    }

    pub fn ring(&self) {
        *self.rings.lock().unwrap() += 1;
        self.changed.notify_all();
    }

    pub fn wait_until(&self, mut condition: impl FnMut() -> bool) {
        loop {
            let heard = *self.rings.lock().unwrap();
            if condition() {
                return;
            }
            let rings = self.rings.lock().unwrap();
            drop(self.changed.wait_while(rings, |rings| *rings == heard));
        }
    }
}
