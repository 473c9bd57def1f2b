//! A value with many owners on many threads, in four stages from a count.
//!
//! Scopes say who destroys a value, until nobody can tell which of several
//! threads will be done with it last. Then the owners are counted, and the last
//! to go destroys it. The counting is done by threads that share the count, so
//! all of this crate is about one number. Each stage is a module, whole by
//! itself, to be read beside the one before it:
//!
//! 1. [`lossy`]: the count alone, by load and store, and wrong;
//! 2. [`shared`]: counted in one step, with the orderings that destroying needs;
//! 3. [`unique`]: the one owner that is left may change the value;
//! 4. [`weak`]: handles that don't keep the value alive.
//!
//! The last one is the crate's [`Counted`], which does what the standard
//! library's `Arc` does.
//!
//! ```
//! use counted::Counted;
//! use std::thread;
//!
//! let names = Counted::new(vec!["Ada", "Grace"]);
//! let theirs = names.clone();
//! let there = thread::spawn(move || theirs.len());
//! assert_eq!(there.join().unwrap(), names.len());
//! ```
//!
//! Many owners can read, so none may write:
//!
//! ```compile_fail,E0594
//! let number = counted::Counted::new(1);
//! *number = 2;
//! ```
//!
//! One who is alone may, for as long as they stay alone:
//!
//! ```compile_fail,E0502
//! # use counted::Counted;
//! let mut number = Counted::new(1);
//! let mine = Counted::get_mut(&mut number).unwrap();
//! let theirs = number.clone();
//! *mine = 2;
//! ```
//!
//! # Threads
//!
//! To give an owner away is to let two threads read the value at once, and to
//! let the other one destroy it. So `Counted<T>` is `Send` where `T` is both
//! `Sync` and `Send`:
//!
//! ```compile_fail,E0277
//! let cell = counted::Counted::new(std::cell::Cell::new(1));
//! std::thread::spawn(move || cell.set(2));
//! ```
//!
//! # What it doesn't do
//!
//! Owners that own each other keep each other alive for ever: that is a leak,
//! and leaks are safe.

pub mod lossy;
pub mod shared;
pub mod unique;
pub mod weak;

pub use weak::{Counted, Weak};

// The stages take these from the crate's root, so that the very same text runs
// on loom's in `tests/loom.rs`.
use std::sync;
