//! Lending the stack to threads: the guard that leaks, and the scope that cannot.
//!
//! A thread may borrow from its parent's stack frame only if it has ended
//! before that frame goes. [`scope`] makes sure of it: it runs a closure, and
//! doesn't return before every thread started in it has been joined.
//!
//! ```
//! let mut scores = vec![1, 2, 3, 4];
//! scoped_threads::scope(|s| {
//!     for half in scores.chunks_mut(2) {
//!         s.spawn(move || half.iter_mut().for_each(|score| *score *= 10));
//!     }
//! });
//! assert_eq!(scores, [10, 20, 30, 40]);
//! ```
//!
//! Until the scope is over, what was lent is lent, whatever becomes of the
//! handle that `spawn` returned. Leaking it gains nothing:
//!
//! ```compile_fail,E0499
//! let mut scores = vec![1, 2, 3, 4];
//! scoped_threads::scope(|s| {
//!     let handle = s.spawn(|| scores.push(5));
//!     std::mem::forget(handle);
//!     scores.push(6); // the child may be pushing now
//! });
//! ```
//!
//! Nor can a handle be carried out of its scope and leaked there:
//!
//! ```compile_fail,E0521
//! let mut kept = None;
//! scoped_threads::scope(|s| kept = Some(s.spawn(|| ())));
//! ```
//!
//! A thread may borrow what lives *outside* the scope. What lives inside is
//! gone before the threads are joined:
//!
//! ```compile_fail,E0373
//! scoped_threads::scope(|s| {
//!     let inside = vec![1];
//!     s.spawn(|| println!("{inside:?}"));
//! });
//! ```
//!
//! And what a thread returns must be good for as long as the scope may take to
//! ask for it, even where none of it was borrowed:
//!
//! ```compile_fail
//! use scoped_threads::Scope;
//!
//! fn spawn<'short, 'scope>(s: &'scope Scope<'scope, '_>, _: &'short u8) {
//!     s.spawn(|| None::<&'short u8>);
//! }
//! ```
//!
//! The other half of this crate is the design that came first and failed:
//! [`scoped`] returns a [`JoinGuard`] whose destructor joins. It is `unsafe`,
//! because a destructor is not sure to run; `tests/leak.rs` shows the hole.
//!
//! ```compile_fail,E0133
//! let score = 1;
//! let guard = scoped_threads::scoped(|| println!("{score}"));
//! ```
//!
//! What it can promise, it does: for as long as the guard is there, what the
//! thread borrowed is lent.
//!
//! ```compile_fail,E0506
//! let mut score = 1;
//! // SAFETY: the guard is dropped below, while `score` is there.
//! let guard = unsafe { scoped_threads::scoped(|| println!("{score}")) };
//! score = 2;
//! drop(guard);
//! ```

mod guard;
mod scope;

pub use guard::{JoinGuard, scoped};
pub use scope::{Scope, ScopedJoinHandle, scope};
