//! The number and whether there is one, behind one lock that never makes anybody wait long.

use std::sync::Mutex;

#[derive(Default)]
pub struct Slot(Mutex<Option<u64>>);

impl Slot {
    pub fn put(&self, number: u64) -> bool {
        let mut slot = self.0.lock().unwrap();
        let is_free = slot.is_none();
        if is_free {
            *slot = Some(number);
        }
        is_free
    }

    pub fn take(&self) -> Option<u64> {
        self.0.lock().unwrap().take()
    }
}
