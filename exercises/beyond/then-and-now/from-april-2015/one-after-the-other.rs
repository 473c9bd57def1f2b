//! Each thread is joined before the next is started.

use std::thread;

pub fn change_all(numbers: &mut Vec<i64>, change: fn(&mut i64)) {
    let middle = numbers.len() / 2;
    let (left, right) = numbers.split_at_mut(middle);
    thread::scope(|s| {
        s.spawn(|| left.iter_mut().for_each(change)).join().unwrap();
        s.spawn(|| right.iter_mut().for_each(change))
            .join()
            .unwrap();
    });
}
