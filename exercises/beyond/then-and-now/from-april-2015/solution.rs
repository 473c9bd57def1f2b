//! The halves are lent to two threads of a scope, which doesn't end before they do.

use std::thread;

pub fn change_all(numbers: &mut Vec<i64>, change: fn(&mut i64)) {
    let middle = numbers.len() / 2;
    let (left, right) = numbers.split_at_mut(middle);
    thread::scope(|s| {
        s.spawn(|| left.iter_mut().for_each(change));
        s.spawn(|| right.iter_mut().for_each(change));
    });
}
