//! What sharing costs: the counter and the crew that the measurements need.
//!
//! The measurements themselves are `benches/costs`, one module for each question. They are compiled
//! with the feature `measure` alone, and run by `cargo xtask costs`, which writes `data/costs.json`.
//!
//! A counter that several threads count up is changed by all of them, and a cache line that
//! everybody writes to has to be fetched each time. So give each thread a counter of its own, and add
//! them up when somebody asks:
//!
//! ```
//! use costs::Sharded;
//! use std::thread;
//!
//! let visits = Sharded::<2>::new();
//! thread::scope(|s| {
//!     s.spawn(|| (0..1000).for_each(|_| visits.add(0)));
//!     s.spawn(|| (0..1000).for_each(|_| visits.add(1)));
//! });
//! assert_eq!(visits.sum(), 2000);
//! ```
//!
//! "Of its own" is a habit here, not a right: any thread may name any shard. So each is an atomic.
//! With a `Cell` in its place the compiler refuses to share the counter:
//!
//! ```compile_fail,E0277
//! use std::cell::Cell;
//! use std::thread;
//!
//! let visits = [Cell::new(0), Cell::new(0)];
//! thread::scope(|s| {
//!     s.spawn(|| visits[0].set(visits[0].get() + 1));
//!     s.spawn(|| visits[1].set(visits[1].get() + 1));
//! });
//! ```

mod crew;
mod sharded;

pub use crew::Crew;
pub use sharded::{Crowded, Padded, Sharded};
