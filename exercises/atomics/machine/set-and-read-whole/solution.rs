//! The same instruction, and a type that says that others may be at it.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::thread;

#[derive(Default)]
pub struct Gauge {
    level: AtomicU32,
}

impl Gauge {
    pub fn set(&self, level: u32) {
        self.level.store(level, Relaxed);
    }

    pub fn read(&self) -> u32 {
        self.level.load(Relaxed)
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
