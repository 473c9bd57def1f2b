//! Leads a learner through the book's exercises, and proves that each of them is what it says.
//!
//! An exercise is a folder, `exercises/CHAPTER/NAME/`:
//!
//! | file | holds |
//! |---|---|
//! | `task.rs` | the start: a program with a mistake |
//! | `check.rs` | tests that judge what the task's public items *do*; they name them `crate::task::...` |
//! | `solution.rs` and others | ways to mend it, two at least |
//! | `exercise.toml` | what is wrong, why the start fails, hints, what there was to learn |
//!
//! [`Guide`] is the learner's side, `cargo exercise`. The learner works on a copy of the start,
//! so that the starts stay as they are. A try compiles the copy and the checks as two modules of
//! one program; each check then runs as a process of its own, with limits, so that one that hangs
//! or takes the process down is told by its name.
//!
//! [`prove`] is the author's side, run by this crate's tests for every exercise: what
//! `exercise.toml` says of the start is so, every solution passes, and *every check has been seen
//! to fail*, by the start or by a tempting try that is kept for this.
//!
//! ```
//! use exercises::Promise;
//!
//! let promise = Promise::Codes(["E0382".to_owned()].into());
//! assert_eq!(promise.to_string(), "refused with E0382");
//! ```

mod course;
mod desk;
mod editor;
mod error;
mod exercise;
mod guide;
mod judge;
mod outcome;
pub mod page;
mod progress;
mod prove;
mod watch;
mod wording;

pub use course::Course;
pub use desk::Desk;
pub use error::Error;
pub use exercise::{Exercise, Promise, Wrong};
pub use guide::Guide;
pub use judge::{Depth, Judge};
pub use outcome::{FailedCheck, How, Outcome};
pub use progress::{Progress, State};
pub use prove::{Fault, prove};
pub use watch::forever;
