//! A number that several threads update, each in its own way. Each update is made
//! once, on what the others have left. While one thinks about the next number, others
//! needn't wait.
//!
//! "I read the number, think, and put the new one there only if nobody was faster. So
//! nothing is ever overwritten. But when I add everything up, some of my updates are
//! missing, and nobody told me."

use std::sync::atomic::{AtomicU64, Ordering::SeqCst};

pub struct Number {
    value: AtomicU64,
}

impl Number {
    pub fn new(value: u64) -> Number {
        Number {
            value: AtomicU64::new(value),
        }
    }

    pub fn get(&self) -> u64 {
        self.value.load(SeqCst)
    }

    /// Puts what `next` makes of the number in its place. `next` may be asked again.
    pub fn update(&self, next: impl Fn(u64) -> u64) {
        let seen = self.value.load(SeqCst);
        let new = next(seen);
        let _ = self.value.compare_exchange(seen, new, SeqCst, SeqCst);
    }
}
