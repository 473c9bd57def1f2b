//! Who has no locker any more is on a way without one.

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
        let taken = self.take();
        let kept = taken.filter(|&locker| {
            let suits = suits(locker);
            if !suits {
                self.give_back(locker);
            }
            suits
        });
        look_around();
        if let Some(locker) = kept {
            self.give_back(locker);
        }
        kept.is_some()
    }
}
