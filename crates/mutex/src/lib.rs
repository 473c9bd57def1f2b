//! A mutex that owns its data: the only way in is through the lock.
//!
//! A lock as C has it, here [`RawLock`], knows nothing of the data it is for.
//! Which lock guards what stands in a comment at best, and whoever forgets to
//! take the lock gets at the data all the same. A [`Mutex`] puts the data
//! *behind* the lock: to take the lock is how you come by a reference.
//!
//! ```
//! use mutex::{access, lock, mutex};
//! use std::thread;
//!
//! let names = mutex(vec!["Ada"]);
//! thread::scope(|s| {
//!     s.spawn(|| access(&mut lock(&names)).push("Grace"));
//!     s.spawn(|| access(&mut lock(&names)).push("Barbara"));
//! });
//! assert_eq!(access(&mut lock(&names)).len(), 3);
//! ```
//!
//! To forget the lock is rejected: the field behind it is private.
//!
//! ```compile_fail,E0616
//! let mut names = mutex::mutex(vec!["Ada"]);
//! names.value.get_mut().push("Grace");
//! ```
//!
//! To keep the reference when the lock is gone is rejected too: it is borrowed
//! from the guard, and the guard's end is what unlocks.
//!
//! ```compile_fail,E0597
//! # use mutex::{access, lock, mutex};
//! let names = mutex(vec!["Ada"]);
//! let inside = {
//!     let mut guard = lock(&names);
//!     access(&mut guard)
//! };
//! inside.push("Grace");
//! ```
//!
//! Nor does one guard lend the value to two at once: who only borrows the guard
//! can't have the value mutably.
//!
//! ```compile_fail,E0308
//! # use mutex::{access, lock, mutex};
//! let names = mutex(vec!["Ada"]);
//! let guard = lock(&names);
//! let (first, second) = (access(&guard), access(&guard));
//! first.append(second);
//! ```
//!
//! A guard that nobody keeps is warned of, and an error if you wish:
//!
//! ```compile_fail
//! #![deny(unused_must_use)]
//! # use mutex::{lock, mutex};
//! let names = mutex(vec!["Ada"]);
//! lock(&names);
//! ```
//!
//! # Threads
//!
//! A mutex makes a value shareable that could only move: `Mutex<T>` is `Sync`
//! wherever `T` is `Send`. What can't even move stays where it is.
//!
//! ```compile_fail,E0277
//! # use mutex::{access, lock, mutex};
//! use std::{rc::Rc, thread};
//!
//! let shared = mutex(Rc::new(1));
//! thread::scope(|s| {
//!     s.spawn(|| drop(access(&mut lock(&shared)).clone()));
//! });
//! ```
//!
//! A [`MutexGuard`] stays with the thread that took the lock, as with the
//! standard library's mutex, whatever the value is:
//!
//! ```compile_fail,E0277
//! # use mutex::{lock, mutex};
//! let number = mutex(1);
//! let guard = lock(&number);
//! std::thread::scope(|s| {
//!     s.spawn(move || drop(guard));
//! });
//! ```
//!
//! and it may be *shared* only if its value may, because a shared guard still
//! shows the value, to `{:?}` for one:
//!
//! ```compile_fail,E0277
//! # use mutex::{lock, mutex};
//! let cell = mutex(std::cell::Cell::new(1));
//! let guard = lock(&cell);
//! std::thread::scope(|s| {
//!     s.spawn(|| println!("{guard:?}"));
//! });
//! ```
//!
//! # Panics while the lock is held
//!
//! This mutex is, on purpose, never **poisoned**. A panic drops the guard, as
//! it drops everything, and that unlocks; the next thread finds the value as
//! the panic left it. That is memory-safe, and this crate promises no more. The
//! standard library's mutex also tells the next thread that something went
//! wrong, and for that each of its `lock`s returns a `Result`. Without it the
//! compiler still has a word: a closure that locks this mutex may not be given
//! to `catch_unwind`, where its half-done work could be seen, unless you say
//! `AssertUnwindSafe`.
//!
//! ```compile_fail,E0277
//! # use mutex::{access, lock, mutex};
//! let number = mutex(1);
//! let _ = std::panic::catch_unwind(|| *access(&mut lock(&number)) += 1);
//! ```

mod mutex;

pub use mutex::{Mutex, MutexGuard, RawLock, access, acquire, lock, mutex, raw_lock, release};

// `mutex.rs` takes these from the crate's root, so that the very same text runs
// on loom's in `tests/loom.rs`.
use std::{cell, sync};
