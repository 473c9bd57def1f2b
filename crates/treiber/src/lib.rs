//! A stack without a lock: compare-and-swap, the ABA problem, and two cures.
//!
//! Read what is there, think of what should be there instead, and put it there
//! if nothing has changed: such loops need no lock, and if one thread stops in
//! the middle, the others go on. But compare-and-swap compares *values*. It
//! can't tell "unchanged" from "changed, and changed back", and that is the
//! **ABA problem**. Three stages:
//!
//! - [`arena`]: a stack of numbered places, and a pop that succeeds wrongly;
//! - [`tagged`]: cured by a version, so that nothing changes back;
//! - [`stack`]: nodes on the heap, cured by epochs, so that nothing comes back
//!   while somebody looks.
//!
//! The last one is the crate's [`Stack`].
//!
//! ```
//! use std::thread;
//! use treiber::Stack;
//!
//! let names = Stack::new();
//! thread::scope(|s| {
//!     s.spawn(|| names.push("Ada"));
//!     s.spawn(|| names.push("Grace"));
//! });
//! assert!(names.pop().is_some() && names.pop().is_some());
//! assert_eq!(names.pop(), None);
//! ```
//!
//! What is pushed is given away:
//!
//! ```compile_fail,E0382
//! let names = treiber::Stack::new();
//! let ada = String::from("Ada");
//! names.push(ada);
//! names.push(ada);
//! ```
//!
//! and may well come out on another thread, so it must be able to move there:
//!
//! ```compile_fail,E0277
//! let numbers = treiber::Stack::new();
//! numbers.push(std::rc::Rc::new(1));
//! std::thread::scope(|s| {
//!     s.spawn(|| numbers.pop());
//! });
//! ```
//!
//! A pop in two steps holds a pointer to a node in between. That node stays
//! where it is only while its thread is pinned, which a lifetime sees to:
//!
//! ```compile_fail,E0597
//! let numbers = treiber::Stack::new();
//! numbers.push(1);
//! let step = {
//!     let guard = treiber::pin();
//!     numbers.look(&guard).unwrap()
//! };
//! step.take();
//! ```
//!
//! # What it costs
//!
//! A node that was popped is freed later, when no thread can look at it any
//! more; a thread that stays pinned puts that off for all of them.
//!
//! The stack is R. Kent Treiber's ("Systems Programming: Coping with
//! Parallelism", 1986); epochs are Keir Fraser's ("Practical lock-freedom",
//! 2004), as made by crossbeam.

pub mod arena;
pub mod stack;
pub mod tagged;

pub use crossbeam::epoch::pin;
pub use stack::Stack;

// The stages take these from the crate's root, so that the very same text runs
// on loom's in `tests/loom.rs`.
use crossbeam::epoch;
use std::sync;
