//! A key can't be copied, and its end gives the locker back, so it does so once.

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
        let key = self.take().map(|locker| Key(self, locker));
        let kept = key.filter(|Key(_, locker)| suits(*locker));
        look_around();
        kept.is_some()
    }
}

struct Key<'a>(&'a Lockers, u32);

impl Drop for Key<'_> {
    fn drop(&mut self) {
        self.0.give_back(self.1);
    }
}
