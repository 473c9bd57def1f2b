//! Looked for and taken in one step, but after paying.

use std::sync::Mutex;

pub struct Tickets {
    left: Mutex<u32>,
}

impl Tickets {
    pub fn new(left: u32) -> Tickets {
        Tickets { left: left.into() }
    }

    pub fn left(&self) -> u32 {
        *self.left.lock().unwrap()
    }

    pub fn sell(&self, pay: impl FnOnce() -> bool) -> bool {
        if self.left() == 0 || !pay() {
            return false;
        }
        let mut left = self.left.lock().unwrap();
        let there = *left > 0;
        *left = left.saturating_sub(1);
        there
    }
}
