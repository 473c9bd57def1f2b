//! One counter for all, read before the text is looked at and written after.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;

pub fn matching(texts: &[&str], matches: &(impl Fn(&str) -> bool + Sync)) -> usize {
    let found = &AtomicUsize::new(0);
    thread::scope(|s| {
        for text in texts {
            s.spawn(move || {
                let before = found.load(Relaxed);
                if matches(text) {
                    found.store(before + 1, Relaxed);
                }
            });
        }
    });
    found.load(Relaxed)
}
