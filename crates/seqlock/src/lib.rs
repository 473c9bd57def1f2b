//! Values that are read without a lock, and read again if they changed
//! meanwhile.
//!
//! A reader that takes a lock writes to it, and readers on many cores then wait
//! for each other though none of them changes anything. Here readers only read.
//! The writer counts its changes, once before each and once after, and a reader
//! that finds another count behind the value than before it reads again. That is
//! a **sequence lock**, known from operating systems. Two stages:
//!
//! - [`torn`]: several atomics and no count: a reader may get a mixture;
//! - [`sequence`]: with the count.
//!
//! There is no `unsafe` in either, and so no data race: each word is atomic.
//! That is not enough for the value to be one, and this is what the count is for.
//!
//! ```
//! use std::thread;
//!
//! // A rectangle: width, height and area.
//! let (mut writer, reader) = seqlock::seqlock([1, 1, 1]);
//! thread::scope(|s| {
//!     s.spawn(|| (1..100).for_each(|n| writer.write([n, 2 * n, 2 * n * n])));
//!     s.spawn(|| {
//!         let [width, height, area] = reader.read();
//!         assert_eq!(width * height, area);
//!     });
//! });
//! ```
//!
//! Any number of threads may read. Two writers would spoil each other's count,
//! so there is one: it can't be cloned,
//!
//! ```compile_fail,E0599
//! let (writer, reader) = seqlock::seqlock([0]);
//! let other = writer.clone();
//! ```
//!
//! and to write is to borrow it alone:
//!
//! ```compile_fail,E0499
//! let (mut writer, reader) = seqlock::seqlock([0]);
//! std::thread::scope(|s| {
//!     s.spawn(|| writer.write([1]));
//!     s.spawn(|| writer.write([2]));
//! });
//! ```
//!
//! # What it costs
//!
//! A writer that writes without pause can keep readers reading for ever. It is
//! for values that are small, read often and seldom changed.
//!
//! The orderings follow Hans Boehm, "Can Seqlocks Get Along With Programming
//! Language Memory Models?" (2012).

pub mod sequence;
pub mod torn;

pub use sequence::{Reader, Writer, seqlock};

// The stages take these from the crate's root, so that the very same text runs
// on loom's in `tests/loom.rs`.
use std::{hint, sync};
