//! A key that each thread has once, and that every guard borrows.

// ANCHOR: hidden
// ANCHOR_END: hidden
use std::cell::Cell;
use std::marker::PhantomData;
use std::ptr;
use std::sync::{Mutex, MutexGuard};

thread_local!(static TAKEN: Cell<bool> = const { Cell::new(false) });

// ANCHOR: key
/// Each thread can take one, and it can't leave its thread.
pub struct Key(PhantomData<*const ()>);

impl Key {
    pub fn take() -> Option<Key> {
        let is_first = !TAKEN.replace(true); // one `TAKEN` for each thread
        is_first.then_some(Key(PhantomData))
    }

    /// The key stays borrowed for as long as the guard lives.
    pub fn lock<'a, T>(&'a mut self, mutex: &'a Mutex<T>) -> MutexGuard<'a, T> {
        mutex.lock().unwrap()
    }

    /// The same for two mutexes, in the order of their addresses.
    pub fn both<'a, T>(&'a mut self, a: &'a Mutex<T>, b: &'a Mutex<T>) -> [MutexGuard<'a, T>; 2] {
        assert!(!ptr::eq(a, b), "the same mutex twice");
        if ptr::from_ref(a) < ptr::from_ref(b) {
            let a = a.lock().unwrap();
            let b = b.lock().unwrap();
            [a, b]
        } else {
            let [b, a] = self.both(b, a);
            [a, b]
        }
    }
}
// ANCHOR_END: key
