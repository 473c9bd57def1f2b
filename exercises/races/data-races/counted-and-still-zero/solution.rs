//! One counter for all, and adding is one step. `move` takes a reference to it.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;

pub fn matching(texts: &[&str], matches: &(impl Fn(&str) -> bool + Sync)) -> usize {
    let found = &AtomicUsize::new(0);
    thread::scope(|s| {
        for text in texts {
            s.spawn(move || {
                if matches(text) {
                    found.fetch_add(1, Relaxed);
                }
            });
        }
    });
    found.load(Relaxed)
}
