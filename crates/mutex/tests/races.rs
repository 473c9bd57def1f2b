//! The mutex's own source at work, watched for data races: an ordinary
//! test, and where a nightly toolchain is, `cargo test -p xtask sanitizer` runs
//! it under ThreadSanitizer. Each thread is joined by its handle, which that
//! tool needs to see; and it has a `main` of its own, since the usual one of
//! tests comes compiled and looks to that tool like a race.

#[path = "../src/mutex.rs"]
mod mutex;

use crate::mutex::{access, acquire, lock, mutex, raw_lock, release};
use std::cell;
use std::thread;

fn main() {
    threads_that_lock_write_one_after_the_other();
    a_raw_lock_hands_on_what_was_written_under_it();
}

/// A lock and a condition made of atomics. Those of the standard library come
/// compiled, and ThreadSanitizer doesn't see inside: it would report races
/// where there are none. Waiting is done awake, and a wait may end for no
/// reason, as it may there.
mod sync {
    use std::cell::UnsafeCell;
    use std::convert::Infallible;
    use std::ops::{Deref, DerefMut};
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;

    pub struct Mutex<T> {
        held: AtomicBool,
        value: UnsafeCell<T>,
    }

    // SAFETY: the value is reached by the one guard alone.
    unsafe impl<T: Send> Sync for Mutex<T> {}

    pub struct MutexGuard<'a, T>(&'a Mutex<T>);

    impl<T> Mutex<T> {
        pub fn new(value: T) -> Mutex<T> {
            Mutex {
                held: AtomicBool::new(false),
                value: UnsafeCell::new(value),
            }
        }

        pub fn lock(&self) -> Result<MutexGuard<'_, T>, Infallible> {
            while self.held.swap(true, Ordering::Acquire) {
                thread::yield_now();
            }
            Ok(MutexGuard(self))
        }
    }

    impl<T> Deref for MutexGuard<'_, T> {
        type Target = T;

        fn deref(&self) -> &T {
            // SAFETY: this is the one guard.
            unsafe { &*self.0.value.get() }
        }
    }

    impl<T> DerefMut for MutexGuard<'_, T> {
        fn deref_mut(&mut self) -> &mut T {
            // SAFETY: this is the one guard, and it is borrowed mutably.
            unsafe { &mut *self.0.value.get() }
        }
    }

    impl<T> Drop for MutexGuard<'_, T> {
        fn drop(&mut self) {
            self.0.held.store(false, Ordering::Release);
        }
    }

    pub struct Condvar;

    impl Condvar {
        pub fn new() -> Condvar {
            Condvar
        }

        pub fn wait<'a, T>(
            &self,
            guard: MutexGuard<'a, T>,
        ) -> Result<MutexGuard<'a, T>, Infallible> {
            let mutex = guard.0;
            drop(guard);
            thread::yield_now();
            mutex.lock()
        }

        pub fn notify_one(&self) {}
    }
}

fn threads_that_lock_write_one_after_the_other() {
    let pair: &'static _ = Box::leak(Box::new(mutex((0, 0))));
    let writers = [(); 4].map(|()| {
        thread::spawn(move || {
            for _ in 0..2_000 {
                let mut guard = lock(pair);
                let (left, right) = access(&mut guard);
                *left += 1;
                *right += 1;
            }
        })
    });
    for writer in writers {
        writer.join().unwrap();
    }
    assert_eq!(format!("{:?}", lock(pair)), "(8000, 8000)");
}

fn a_raw_lock_hands_on_what_was_written_under_it() {
    let raw: &'static _ = Box::leak(Box::new(raw_lock()));
    let place = Box::leak(Box::new(0_u32));
    let address = (&raw mut *place).expose_provenance();
    let writers = [(); 2].map(|()| {
        thread::spawn(move || {
            for _ in 0..2_000 {
                acquire(raw);
                // SAFETY: the place lives for ever, and one thread has the lock.
                unsafe { *std::ptr::with_exposed_provenance_mut::<u32>(address) += 1 };
                release(raw);
            }
        })
    });
    for writer in writers {
        writer.join().unwrap();
    }
    assert_eq!(*place, 4_000);
}
