//! `wait_until` sleeps until the value is as wanted, and returns the guard through which
//! it is. Whoever changes the value rings the bell; what the new value is, the bell
//! doesn't say.
//!
//! "The guard is where I left it, isn't it? I only looked at it, and then I slept."

use std::sync::{Condvar, Mutex, MutexGuard};

pub fn wait_until<'a, T>(
    value: &'a Mutex<T>,
    bell: &Condvar,
    wanted: impl Fn(&T) -> bool,
) -> MutexGuard<'a, T> {
    let guard = value.lock().unwrap();
    while !wanted(&guard) {
        bell.wait(guard).unwrap();
    }
    guard
}
