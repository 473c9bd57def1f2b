//! Who books has the lock while they pay. Who finds it taken doesn't wait for it.

use std::sync::Mutex;

pub struct Seat {
    taken: Mutex<bool>,
}

impl Seat {
    pub fn new() -> Seat {
        Seat {
            taken: Mutex::new(false),
        }
    }

    pub fn book(&self, pay: impl FnOnce() -> bool) -> bool {
        let Ok(mut taken) = self.taken.try_lock() else {
            return false;
        };
        if *taken {
            return false;
        }
        *taken = pay();
        *taken
    }
}
