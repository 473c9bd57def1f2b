//! A lock that waits awake, in five stages from a bare flag.
//!
//! Below every lock there is an operation of the processor that reads a flag
//! and sets it in one step, so that of two threads only one finds it down. This
//! crate starts there and adds one thought at a time. Each stage is a module,
//! whole by itself, to be read beside the one before it:
//!
//! 1. [`swap`]: one flag and two functions, of which one is `unsafe`;
//! 2. [`compare_exchange`]: who doesn't get the lock doesn't write;
//! 3. [`guard`]: ownership unlocks, and the `unsafe` is gone from outside;
//! 4. [`spin`]: who waits looks on, and tells the processor so;
//! 5. [`yielding`]: who waits for long lets others have the processor.
//!
//! The last one is the crate's [`SpinLock`].
//!
//! ```
//! use spinlock::SpinLock;
//! use std::thread;
//!
//! let names = SpinLock::new(vec!["Ada"]);
//! thread::scope(|s| {
//!     s.spawn(|| names.lock().push("Grace"));
//!     s.spawn(|| names.lock().push("Barbara"));
//! });
//! assert_eq!(names.lock().len(), 3);
//! ```
//!
//! With a guard, what is borrowed from it can't outlive it:
//!
//! ```compile_fail,E0597
//! # use spinlock::SpinLock;
//! let names = SpinLock::new(vec!["Ada"]);
//! let inside: &mut Vec<_> = {
//!     let mut guard = names.lock();
//!     &mut guard
//! };
//! inside.push("Grace");
//! ```
//!
//! Without one, to unlock takes a promise, since nothing else ends the loan:
//!
//! ```compile_fail,E0133
//! let names = spinlock::swap::SpinLock::new(vec!["Ada"]);
//! let inside = names.lock();
//! names.unlock();
//! inside.push("Grace");
//! ```
//!
//! # Threads
//!
//! The lock and its guard may move and be shared just where those of the
//! standard library may. So a value that can't move stays where it is:
//!
//! ```compile_fail,E0277
//! # use spinlock::SpinLock;
//! use std::{rc::Rc, thread};
//!
//! let shared = SpinLock::new(Rc::new(1));
//! thread::scope(|s| {
//!     s.spawn(|| drop(shared.lock().clone()));
//! });
//! ```
//!
//! and a guard is shared only where its value may be:
//!
//! ```compile_fail,E0277
//! # use spinlock::SpinLock;
//! let cell = SpinLock::new(std::cell::Cell::new(1));
//! let guard = cell.lock();
//! std::thread::scope(|s| {
//!     s.spawn(|| guard.set(2));
//! });
//! ```
//!
//! # What it costs
//!
//! The operating system doesn't know who waits for whom. A holder that it takes
//! off the processor keeps everybody waiting at full speed, a thread that locks
//! twice waits for itself for ever, and nobody's turn is certain to come. Where
//! you can sleep, sleep: `std::sync::Mutex` spins a little and then does.
//!
//! As in the crate `mutex`, a panic unlocks and leaves the value as it was then.

pub mod compare_exchange;
pub mod guard;
pub mod spin;
pub mod swap;
pub mod yielding;

pub use yielding::{SpinGuard, SpinLock};

// The stages take these from the crate's root, so that the very same text runs
// on loom's in `tests/loom.rs`.
use std::{cell, hint, sync, thread};
