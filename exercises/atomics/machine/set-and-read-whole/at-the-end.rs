//! The thread only gives back the last level, and the gauge is set when all is over.

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
    let last = thread::scope(|scope| scope.spawn(|| levels.last()).join().unwrap());
    gauge.set(last.unwrap_or_default());
}
