//! A channel built from scratch: to send a message is to give it away.
//!
//! Two threads that use one value need rules. Two threads that *hand over* a
//! value need only one: the sender keeps nothing. Ownership states that rule in
//! the signature of [`send`], which takes the message itself and not a
//! reference to it, and the compiler enforces it at each call.
//!
//! ```
//! use std::thread;
//!
//! let numbers = channel::channel();
//! thread::scope(|s| {
//!     s.spawn(|| channel::send(&numbers, vec![1, 2, 3]));
//!     assert_eq!(channel::recv(&numbers), [1, 2, 3]);
//! });
//! ```
//!
//! A sender that goes on using its message is rejected. Were it not, the
//! `push` could move the vector's buffer while the receiver reads it.
//!
//! ```compile_fail,E0382
//! let numbers = channel::channel();
//! let mut v = vec![1, 2, 3];
//! channel::send(&numbers, v);
//! v.push(4);
//! ```
//!
//! So is a message that would leave a part of itself behind, such as one of the
//! two owners of a count that isn't atomic.
//!
//! ```compile_fail,E0277
//! let numbers = channel::channel();
//! let here = std::rc::Rc::new(3);
//! channel::send(&numbers, here.clone());
//! ```
//!
//! Nor can anybody wait for such a message:
//!
//! ```compile_fail,E0277
//! let numbers = channel::channel::<std::rc::Rc<i32>>();
//! channel::recv(&numbers);
//! ```
//!
//! This channel is unbounded and has no end: [`send`] never waits, and [`recv`]
//! waits for as long as nothing comes, also where nobody is left who could
//! send. The standard library's `mpsc` splits a channel in two halves to see
//! that end.

mod channel;

pub use channel::{Channel, channel, recv, send};

// `channel.rs` takes its locks from `crate::sync`, so that the very same text
// runs on loom's in `tests/loom.rs`.
use std::sync;
