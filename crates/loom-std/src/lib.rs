//! The standard library's names over loom's, for tests that run a crate's own
//! source under every schedule.
//!
//! A crate takes `cell`, `hint`, `sync` and `thread` from its root, where they
//! are the standard library's. Its `tests/loom.rs` includes the same files and
//! has this crate's in its root: the code that is read is the code that is run.
//!
//! A source that names `std` itself is included the same way, by a test that
//! says of itself that it is `std`: see `tests/loom.rs` of `executor`.
//!
//! Besides the names, five things differ from loom 0.7.2, and `tests/loom.rs`
//! here shows each of them:
//!
//! - loom overlooks schedules in which a thread reads an atomic that it will
//!   write; here it doesn't (see [`sync::atomic`]);
//! - the end of an atomic is an access to it, so that to free it too early is
//!   a fault;
//! - an unpark ends a park and nothing else (see [`thread`]);
//! - an [`UnsafeCell`](cell::UnsafeCell) has the standard one's `get`;
//! - there is a `Barrier`, and a `Condvar` has `wait_while`.
//!
//! ```
//! use loom_std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
//! use loom_std::sync::Arc;
//! use loom_std::thread;
//!
//! loom::model(|| {
//!     let count = Arc::new(AtomicUsize::new(0));
//!     let other = thread::spawn({
//!         let count = count.clone();
//!         move || count.fetch_add(1, Relaxed)
//!     });
//!     count.fetch_add(1, Relaxed);
//!     other.join().unwrap();
//!     assert_eq!(count.load(Relaxed), 2);
//! });
//! ```
//!
//! As in the standard library, what isn't atomic isn't shared:
//!
//! ```compile_fail,E0277
//! use loom_std::cell::UnsafeCell;
//! use loom_std::sync::Arc;
//! use loom_std::thread;
//!
//! let cell = Arc::new(UnsafeCell::new(1));
//! std::thread::spawn(move || cell.get());
//! ```

pub mod atomic;
mod barrier;
pub mod cell;
mod condvar;
pub mod thread;

/// As `std::hint`.
pub mod hint {
    pub use loom::hint::spin_loop;
}

/// As `std::sync`.
pub mod sync {
    pub use crate::atomic;
    pub use crate::barrier::{Barrier, BarrierWaitResult};
    pub use crate::condvar::Condvar;
    pub use loom::sync::{Arc, Mutex, MutexGuard};
}
