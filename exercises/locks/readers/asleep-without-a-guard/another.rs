//! `wait_while` is the loop, ready made; it asks the other way round.

use std::sync::{Condvar, Mutex, MutexGuard};

pub fn wait_until<'a, T>(
    value: &'a Mutex<T>,
    bell: &Condvar,
    wanted: impl Fn(&T) -> bool,
) -> MutexGuard<'a, T> {
    let guard = value.lock().unwrap();
    bell.wait_while(guard, |value| !wanted(value)).unwrap()
}
