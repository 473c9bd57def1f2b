//! `wait` takes the guard and gives one back: the variable gets a new value each time.

use std::sync::{Condvar, Mutex, MutexGuard};

pub fn wait_until<'a, T>(
    value: &'a Mutex<T>,
    bell: &Condvar,
    wanted: impl Fn(&T) -> bool,
) -> MutexGuard<'a, T> {
    let mut guard = value.lock().unwrap();
    while !wanted(&guard) {
        guard = bell.wait(guard).unwrap();
    }
    guard
}
