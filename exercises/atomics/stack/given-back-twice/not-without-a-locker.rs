//! Who gets no locker goes home.

use std::sync::Mutex;

pub struct Lockers {
    free: Mutex<Vec<u32>>,
}

impl Lockers {
    pub fn new(count: u32) -> Lockers {
        Lockers {
            free: Mutex::new((1..=count).collect()),
        }
    }

    pub fn take(&self) -> Option<u32> {
        self.free.lock().unwrap().pop()
    }

    pub fn give_back(&self, locker: u32) {
        self.free.lock().unwrap().push(locker);
    }

    pub fn visit(&self, suits: impl FnOnce(u32) -> bool, look_around: impl FnOnce()) -> bool {
        let Some(locker) = self.take() else {
            return false;
        };
        let suits = suits(locker);
        if !suits {
            self.give_back(locker);
            look_around();
            return false;
        }
        look_around();
        self.give_back(locker);
        true
    }
}
