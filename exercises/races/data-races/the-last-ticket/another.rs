//! The same with a lock: looking and taking stand under one guard, and paying under none.

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

    fn put_aside(&self) -> bool {
        let mut left = self.left.lock().unwrap();
        let there = *left > 0;
        if there {
            *left -= 1;
        }
        there
    }

    pub fn sell(&self, pay: impl FnOnce() -> bool) -> bool {
        if !self.put_aside() {
            return false;
        }
        let paid = pay();
        if !paid {
            *self.left.lock().unwrap() += 1;
        }
        paid
    }
}
