//! An error from `send` is news: nobody listens any more, so the work is over.

use std::sync::mpsc;
use std::thread;

pub fn first_over(limit: u64, source: impl Iterator<Item = u64> + Send) -> Option<u64> {
    let (numbers, to_check) = mpsc::sync_channel(0);
    thread::scope(|s| {
        s.spawn(move || {
            for number in source {
                if numbers.send(number).is_err() {
                    return;
                }
            }
        });
        to_check.into_iter().find(|&number| number > limit)
    })
}
