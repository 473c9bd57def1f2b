//! Put aside before paying, and never put back.

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
        {
            let mut left = self.left.lock().unwrap();
            if *left == 0 {
                return false;
            }
            *left -= 1;
        }
        pay()
    }
}
