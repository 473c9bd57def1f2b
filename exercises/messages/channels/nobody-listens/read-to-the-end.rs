//! Going on to listen keeps the sender content, and reads everything there is.

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
        let mut numbers = to_check.into_iter();
        let found = numbers.find(|&number| number > limit);
        numbers.for_each(drop);
        found
    })
}
