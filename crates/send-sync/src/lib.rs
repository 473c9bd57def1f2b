//! Who may cross a thread: the compiler's answers about `Send` and `Sync`,
//! as values that a program can print and a test can assert.
//!
//! A bound such as `T: Send` can only demand: where it doesn't hold, nothing
//! compiles. That shows a *no* to a reader, but no test can count on it, and
//! nothing can be put in a table. A [`Probe`] asks without demanding:
//!
//! ```
//! use send_sync::{is_send, is_sync};
//! use std::{cell::Cell, rc::Rc};
//!
//! assert!(is_send!(Cell<u8>) && !is_sync!(Cell<u8>));
//! assert!(!is_send!(Rc<u8>) && !is_sync!(Rc<u8>));
//! ```
//!
//! The answer is a constant, so a promise about a type can stand beside the
//! type, and a program in which it is broken doesn't compile:
//!
//! ```compile_fail,E0080
//! use send_sync::is_send;
//!
//! struct Connection(*mut u8);
//! const _: () = assert!(is_send!(Connection)); // a raw pointer: it isn't
//! ```
//!
//! # How it asks
//!
//! [`Probe<T>`] has a constant `SEND` of its own, true, where `T: Send`. Every
//! probe has a second one from the trait [`Otherwise`], false. A type's own
//! constant is found before a trait's, so the false one is reached only where
//! the true one does not exist.
//!
//! # What it can't tell
//!
//! *Inside a generic function* the question is settled before the type is
//! known. With no bound on `T` the answer is no, whatever `T` becomes:
//!
//! ```
//! use send_sync::is_send;
//!
//! fn unbounded<T>() -> bool { is_send!(T) }
//! fn bounded<T: Send>() -> bool { is_send!(T) }
//!
//! assert!(is_send!(u8) && bounded::<u8>() && !unbounded::<u8>());
//! ```
//!
//! *Lifetimes* are not part of the answer. A probe that would need one to be
//! `'static` takes the impl and then insists on the lifetime, so the program
//! is refused instead of being told "no":
//!
//! ```compile_fail
//! use send_sync::is_send;
//!
//! struct OnlyStatic<'a>(*const &'a u8);
//! unsafe impl Send for OnlyStatic<'static> {}
//!
//! fn ask<'a>() -> bool { is_send!(OnlyStatic<'a>) }
//! ```
//!
//! *A closure in the function that makes it* is not finished yet: what it
//! captures is settled last. Ask about it from outside, through an `impl Fn`
//! (whose `Send` and `Sync` are visible to callers); inside, the probe takes
//! the yes and then finds that it isn't so:
//!
//! ```
//! use send_sync::is_send_value;
//!
//! fn counted() -> impl Fn() -> i32 {
//!     let count = std::rc::Rc::new(1);
//!     move || *count
//! }
//!
//! assert!(!is_send_value!(counted()));
//! ```
//! ```compile_fail,E0277
//! use send_sync::is_send_value;
//!
//! let count = std::rc::Rc::new(1);
//! assert!(!is_send_value!(move || *count));
//! ```
//!
//! *Without the trait in scope* there is no "otherwise", and a type that isn't
//! `Send` is an error rather than a wrong answer:
//!
//! ```compile_fail,E0599
//! assert!(!send_sync::Probe::<std::rc::Rc<u8>>::SEND);
//! ```

mod probe;
mod value;

pub use probe::{Otherwise, Probe};
pub use value::OtherwiseOf;

/// Whether a type is `Send`, as a constant.
#[macro_export]
macro_rules! is_send {
    ($type:ty) => {{
        #[allow(unused_imports, reason = "unused where the answer is yes")]
        use $crate::Otherwise as _;
        <$crate::Probe<$type>>::SEND
    }};
}

/// Whether a type is `Sync`, as a constant.
#[macro_export]
macro_rules! is_sync {
    ($type:ty) => {{
        #[allow(unused_imports, reason = "unused where the answer is yes")]
        use $crate::Otherwise as _;
        <$crate::Probe<$type>>::SYNC
    }};
}

/// Whether a value's type is `Send`: for closures and other types without a
/// name, from outside the function that makes them.
#[macro_export]
macro_rules! is_send_value {
    ($value:expr) => {{
        #[allow(unused_imports, reason = "unused where the answer is yes")]
        use $crate::OtherwiseOf as _;
        $crate::Probe::of(&$value).value_is_send()
    }};
}

/// Whether a value's type is `Sync`: for closures and other types without a
/// name, from outside the function that makes them.
#[macro_export]
macro_rules! is_sync_value {
    ($value:expr) => {{
        #[allow(unused_imports, reason = "unused where the answer is yes")]
        use $crate::OtherwiseOf as _;
        $crate::Probe::of(&$value).value_is_sync()
    }};
}
