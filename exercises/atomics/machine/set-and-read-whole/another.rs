//! A lock, which would do for a gauge of more than one number too.

use std::sync::Mutex;
use std::thread;

#[derive(Default)]
pub struct Gauge {
    level: Mutex<u32>,
}

impl Gauge {
    pub fn set(&self, level: u32) {
        *self.level.lock().unwrap() = level;
    }

    pub fn read(&self) -> u32 {
        *self.level.lock().unwrap()
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
