//! The source has an end as well, and what comes then isn't a number.

use std::sync::mpsc;
use std::thread;

pub fn first_over(limit: u64, source: impl Iterator<Item = u64> + Send) -> Option<u64> {
    let (numbers, to_check) = mpsc::sync_channel(0);
    thread::scope(|s| {
        s.spawn(move || {
            for number in source {
                let Ok(()) = numbers.send(number) else { break };
            }
        });
        loop {
            let number = to_check.recv().unwrap();
            if number > limit {
                drop(to_check);
                return Some(number);
            }
        }
    })
}
