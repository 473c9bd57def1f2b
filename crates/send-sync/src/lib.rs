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
//!
//! # A gate of one's own
//!
//! `Send` has no power by itself: it keeps values back
//! because `std::thread::spawn` asks for it. Here are two traits and a
//! [`gate::spawn`] that asks for *them*, and that is all it takes:
//!
//! ```
//! use send_sync::gate::spawn;
//!
//! let child = spawn(vec![1, 2, 3], |numbers| numbers.len());
//! assert_eq!(child.join().unwrap(), 3);
//! ```
//! ```compile_fail,E0277
//! use send_sync::gate::spawn;
//!
//! spawn(std::rc::Rc::new(1), |number| *number);
//! ```
//!
//! An `Arc` crosses only if its content may be shared:
//!
//! ```compile_fail,E0277
//! use send_sync::gate::spawn;
//! use std::{cell::Cell, sync::Arc};
//!
//! spawn(Arc::new(Cell::new(1)), |number| number.set(2));
//! ```
//!
//! What comes back crosses too:
//!
//! ```compile_fail,E0277
//! use send_sync::gate::spawn;
//!
//! spawn(1, |number| std::rc::Rc::new(number));
//! ```
//!
//! The thread may outlive the function that started it:
//!
//! ```compile_fail,E0597
//! use send_sync::gate::spawn;
//!
//! let number = 1;
//! spawn(&number, |number| *number);
//! ```
//!
//! And nothing crosses without being named. On stable Rust nobody but the
//! standard library can have a trait hold for a closure by what it captures,
//! so the function that the thread runs captures nothing:
//!
//! ```compile_fail,E0308
//! use send_sync::gate::spawn;
//!
//! let hidden = std::rc::Rc::new(1);
//! spawn(2, move |number| number + *hidden);
//! ```

pub mod gate;
mod probe;
mod value;
mod vouched;

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

/// Asserts that a type is `Send` and `Sync` where another one is, and nowhere
/// else.
///
/// # Panics
///
/// If one of the two answers differs.
#[macro_export]
macro_rules! assert_crosses_like {
    ($type:ty, $other:ty) => {{
        assert_eq!(
            $crate::is_send!($type),
            $crate::is_send!($other),
            "{}: Send",
            stringify!($type)
        );
        assert_eq!(
            $crate::is_sync!($type),
            $crate::is_sync!($other),
            "{}: Sync",
            stringify!($type)
        );
    }};
}
