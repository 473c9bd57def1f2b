//! The threads have copies of the halves, and nobody takes these back.

use std::thread;

pub fn change_all(numbers: &mut Vec<i64>, change: fn(&mut i64)) {
    let middle = numbers.len() / 2;
    let (left, right) = numbers.split_at(middle);
    let threads = [left.to_vec(), right.to_vec()]
        .map(|mut half| thread::spawn(move || half.iter_mut().for_each(change)));
    for thread in threads {
        thread.join().unwrap();
    }
}
