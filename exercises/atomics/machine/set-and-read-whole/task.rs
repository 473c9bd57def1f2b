//! A gauge that one thread sets and others read meanwhile. `fill` goes through the levels on
//! a thread of its own, sets the gauge to each, and comes back when there are no more. `Gauge`
//! and `fill` must stay as the check calls them.
//!
//! "I have looked: to set a `Cell` is one instruction, and so is reading it. Nobody can ever see
//! half a number. So where is the danger that it warns me of?"

use std::cell::Cell;
use std::thread;

#[derive(Default)]
pub struct Gauge {
    level: Cell<u32>,
}

impl Gauge {
    pub fn set(&self, level: u32) {
        self.level.set(level);
    }

    pub fn read(&self) -> u32 {
        self.level.get()
    }
}

pub fn fill(gauge: &Gauge, levels: impl Iterator<Item = u32> + Send) {
    thread::scope(|scope| {
        scope.spawn(|| {
            for level in levels {
                gauge.set(level);
            }
        });
    });
}
