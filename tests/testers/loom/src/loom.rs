//! The pairs under loom as it is.

extern crate std as real;
// To the programs, this file *is* the standard library.
extern crate self as std;

#[path = "../../programs/mod.rs"]
mod programs;
mod run;

pub use loom::{hint, thread};

/// As `std::sync`.
pub mod sync {
    pub use loom::sync::{Arc, Condvar, Mutex, atomic};
}

/// As `std::cell`.
pub mod cell {
    /// Loom's cell, with the standard one's `get`: for loom, a write that is over at once.
    pub struct UnsafeCell<T>(loom::cell::UnsafeCell<T>);

    impl<T> UnsafeCell<T> {
        /// As the standard one's.
        pub fn new(value: T) -> UnsafeCell<T> {
            UnsafeCell(loom::cell::UnsafeCell::new(value))
        }

        /// As the standard one's.
        pub fn get(&self) -> *mut T {
            self.0.with_mut(|pointer| pointer)
        }
    }
}

fn main() {
    run::program(programs::named);
}
