//! A mutex that sleeps, in two stages over a place to park at.
//!
//! A spinlock waits awake, for it knows nobody who could wake it. To sleep, a
//! thread needs someone who keeps record of the sleepers, and one guarantee: if
//! the lock was let go before you fell asleep, you don't. Linux sells just that
//! under the name *futex*, and other systems under others. Here the record is
//! made by hand, of a queue and `std::thread::park`, and the mutex on top of it
//! is then made as it would be on a futex:
//!
//! - [`place`]: the record of the sleepers, [`Place`];
//! - [`two`]: a mutex of two states, which asks that record at each unlock;
//! - [`three`]: one of three, which asks only if somebody may sleep.
//!
//! The last one is the crate's [`Mutex`].
//!
//! ```
//! use parking::Mutex;
//! use std::thread;
//!
//! let names = Mutex::new(vec!["Ada"]);
//! thread::scope(|s| {
//!     s.spawn(|| names.lock().push("Grace"));
//!     s.spawn(|| names.lock().push("Barbara"));
//! });
//! assert_eq!(names.lock().len(), 3);
//! ```
//!
//! What is borrowed from the guard can't outlive it:
//!
//! ```compile_fail,E0597
//! # use parking::Mutex;
//! let names = Mutex::new(vec!["Ada"]);
//! let inside: &mut Vec<_> = {
//!     let mut guard = names.lock();
//!     &mut guard
//! };
//! inside.push("Grace");
//! ```
//!
//! # Threads
//!
//! Mutex and guard may move and be shared just where those of the standard
//! library may: the mutex is `Sync` where the value is `Send`,
//!
//! ```compile_fail,E0277
//! # use parking::Mutex;
//! use std::{rc::Rc, thread};
//!
//! let shared = Mutex::new(Rc::new(1));
//! thread::scope(|s| {
//!     s.spawn(|| drop(shared.lock().clone()));
//! });
//! ```
//!
//! and the guard `Sync` where the value is.
//!
//! ```compile_fail,E0277
//! # use parking::Mutex;
//! let cell = Mutex::new(std::cell::Cell::new(1));
//! let guard = cell.lock();
//! std::thread::scope(|s| {
//!     s.spawn(|| guard.set(2));
//! });
//! ```
//!
//! # What it doesn't do
//!
//! It isn't fair: who was woken may find that another was faster, and sleeps
//! again. A thread that locks twice sleeps for ever. And as in the crate `mutex`,
//! a panic unlocks and leaves the value as it was then.

pub mod place;
pub mod three;
pub mod two;

pub use place::Place;
pub use three::{Mutex, MutexGuard};

// The stages take these from the crate's root, so that the very same text runs
// on loom's in `tests/loom.rs`.
use std::{cell, sync, thread};
