//! A thread of its own reads numbers from a source, and hands them over one by one.
//! `first_over` returns the first that is over the limit. The source is slow: at
//! most two numbers more may be read from it.
//!
//! "It finds the number. And then, in the moment when everything is over, it
//! panics!"

use std::sync::mpsc;
use std::thread;

pub fn first_over(limit: u64, source: impl Iterator<Item = u64> + Send) -> Option<u64> {
    let (numbers, to_check) = mpsc::sync_channel(0);
    thread::scope(|s| {
        s.spawn(move || {
            for number in source {
                numbers.send(number).unwrap();
            }
        });
        to_check.into_iter().find(|&number| number > limit)
    })
}
