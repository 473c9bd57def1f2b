//! In which order `deadlock_ordered` takes its two locks: written down by the
//! locks themselves, for a run that goes well shows nothing of it.

extern crate std as real;
// To the source, this file *is* the standard library: its mutex is the one
// below, and the rest is what it always was.
extern crate self as std;

#[path = "../deadlock_ordered/keyed.rs"]
mod keyed;

pub use real::{cell, marker, ptr};

/// A mutex that says when it is taken.
pub mod sync {
    use real::cell::RefCell;
    pub use real::sync::MutexGuard;
    use real::sync::{LockResult, Mutex as RealMutex};

    real::thread_local!(static TAKEN: RefCell<Vec<usize>> = const { RefCell::new(vec![]) });

    /// The standard library's, with a record.
    pub struct Mutex<T>(RealMutex<T>);

    impl<T> Mutex<T> {
        /// A mutex that nobody has taken.
        pub fn new(value: T) -> Mutex<T> {
            Mutex(RealMutex::new(value))
        }

        /// Takes it, and writes that down.
        ///
        /// # Errors
        ///
        /// If a thread panicked with it.
        pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
            let taken = self.0.lock();
            TAKEN.with_borrow_mut(|all| all.push(self.address()));
            taken
        }

        /// What it is called in the record.
        pub fn address(&self) -> usize {
            (&raw const *self).addr()
        }
    }

    /// Which were taken by this thread, in order, since it was last asked.
    pub fn taken() -> Vec<usize> {
        TAKEN.take()
    }
}

use keyed::Key;
use sync::{Mutex, taken};

#[test]
fn whichever_is_named_first_the_same_is_locked_first() {
    let locks = [Mutex::new("first"), Mutex::new("second")];
    let mut key = Key::take().unwrap();
    drop(key.both(&locks[0], &locks[1]));
    let one_way = taken();
    drop(key.both(&locks[1], &locks[0]));
    assert_eq!(taken(), one_way);
    assert_eq!(one_way, [locks[0].address(), locks[1].address()]);
}

#[test]
fn the_guards_come_in_the_order_that_was_asked_for() {
    let locks = [Mutex::new("first"), Mutex::new("second")];
    let mut key = Key::take().unwrap();
    assert_eq!(
        key.both(&locks[0], &locks[1]).map(|g| *g),
        ["first", "second"]
    );
    assert_eq!(
        key.both(&locks[1], &locks[0]).map(|g| *g),
        ["second", "first"]
    );
    *key.lock(&locks[0]) = "alone";
    assert_eq!(*key.lock(&locks[0]), "alone");
}

#[test]
#[should_panic = "the same mutex twice"]
fn one_mutex_named_twice_is_refused_and_not_waited_for() {
    let lock = Mutex::new(());
    drop(Key::take().unwrap().both(&lock, &lock));
}

#[test]
fn a_key_stays_with_its_thread() {
    assert!(!send_sync::is_send!(Key) && !send_sync::is_sync!(Key));
}

#[test]
fn a_thread_has_one_key() {
    assert!(Key::take().is_some());
    assert!(Key::take().is_none());
    real::thread::spawn(|| assert!(Key::take().is_some()))
        .join()
        .unwrap();
}
