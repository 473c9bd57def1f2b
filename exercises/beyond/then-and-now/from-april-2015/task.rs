//! `change_all` calls `change` for each number: for the first half of them in one thread, for
//! the second half in another, both at the same time. When it returns, all is done.
//!
//! "It is from an announcement on the language's own page, so it should work! Is there a
//! crate missing?"

use std::thread;

pub fn change_all(numbers: &mut Vec<i64>, change: fn(&mut i64)) {
    let middle = numbers.len() / 2;
    let (left, right) = numbers.split_at_mut(middle);
    let _left = thread::scoped(move || left.iter_mut().for_each(change));
    let _right = thread::scoped(move || right.iter_mut().for_each(change));
}
