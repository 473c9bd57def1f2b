//! `matching` tells how many of the texts match. Each is looked at in a thread of its
//! own, all of them at the same time.
//!
//! "The compiler told me to write `move`, and then it was content. Now it counts, without
//! any error, and the answer is always 0."

use std::thread;

pub fn matching(texts: &[&str], matches: &(impl Fn(&str) -> bool + Sync)) -> usize {
    let mut found = 0;
    thread::scope(|s| {
        for text in texts {
            s.spawn(move || {
                if matches(text) {
                    found += 1;
                }
            });
        }
    });
    found
}
