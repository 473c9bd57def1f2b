//! The reader reads when it is asked to. When nobody can ask any more, it ends.

use std::sync::mpsc;
use std::thread;

pub fn first_over(limit: u64, mut source: impl Iterator<Item = u64> + Send) -> Option<u64> {
    let (ask, asked) = mpsc::channel();
    let (numbers, to_check) = mpsc::channel();
    thread::scope(|s| {
        s.spawn(move || {
            for () in asked {
                numbers.send(source.next()).unwrap();
            }
        });
        loop {
            ask.send(()).unwrap();
            let number = to_check.recv().unwrap();
            if number.is_none_or(|number| number > limit) {
                drop(ask);
                return number;
            }
        }
    })
}
