//! The types are content with an `if`: the guard comes back, but is it time to go on?

use std::sync::{Condvar, Mutex, MutexGuard};

pub fn wait_until<'a, T>(
    value: &'a Mutex<T>,
    bell: &Condvar,
    wanted: impl Fn(&T) -> bool,
) -> MutexGuard<'a, T> {
    let mut guard = value.lock().unwrap();
    if !wanted(&guard) {
        guard = bell.wait(guard).unwrap();
    }
    guard
}
