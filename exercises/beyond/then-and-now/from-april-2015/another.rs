//! Nothing is lent: each thread is given its half, and gives it back when it ends.

use std::thread;

pub fn change_all(numbers: &mut Vec<i64>, change: fn(&mut i64)) {
    let right = numbers.split_off(numbers.len() / 2);
    let left = std::mem::take(numbers);
    let threads = [left, right].map(|mut half| {
        thread::spawn(move || {
            half.iter_mut().for_each(change);
            half
        })
    });
    for thread in threads {
        numbers.extend(thread.join().unwrap());
    }
}
