//! Lockers for the visitors of a museum. A visitor takes one, has a look at it, and
//! keeps it for the visit if it suits. If it doesn't, it is free for others from then
//! on, and the visitor looks around without.
//!
//! "Twice this week two people had the same locker. I count them every evening, and
//! there is one too many. Who makes lockers here?"

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

    /// Takes a free locker. Whoever does has it until they give it back.
    pub fn take(&self) -> Option<u32> {
        self.free.lock().unwrap().pop()
    }

    pub fn give_back(&self, locker: u32) {
        self.free.lock().unwrap().push(locker);
    }

    /// Says whether the visitor had a locker.
    pub fn visit(&self, suits: impl FnOnce(u32) -> bool, look_around: impl FnOnce()) -> bool {
        let Some(locker) = self.take() else {
            look_around();
            return false;
        };
        let suits = suits(locker);
        if !suits {
            self.give_back(locker);
        }
        look_around();
        self.give_back(locker);
        suits
    }
}
