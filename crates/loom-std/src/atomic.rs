//! As `std::sync::atomic`, under every schedule.
//!
//! To save work, loom looks for another order of two accesses only if the later
//! one finds the other thread's as the last before it. A thread that reads an
//! atomic and then writes it finds its own read there, and another thread's
//! read before that is forgotten: loom's issues 166 and 392. So each access here
//! comes behind a write to a flag that nobody reads. Of writes loom forgets
//! none, and since nobody reads them they order nothing, not even by a fence.

use loom::sync::atomic as looms;

pub use loom::sync::atomic::{Ordering, fence};

/// A place in the order of all accesses to one atomic.
struct Turn(looms::AtomicBool);

impl Turn {
    fn new() -> Turn {
        Turn(looms::AtomicBool::new(false))
    }

    fn take(&self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

/// What all atomics have.
macro_rules! atomic {
    ($name:ident $(<$parameter:ident>)?, $value:ty) => {
        /// As the standard library's.
        pub struct $name $(<$parameter>)? {
            turn: Turn,
            value: looms::$name $(<$parameter>)?,
        }

        impl $(<$parameter>)? $name $(<$parameter>)? {
            /// As the standard library's.
            pub fn new(value: $value) -> Self {
                $name {
                    turn: Turn::new(),
                    value: looms::$name::new(value),
                }
            }

            /// As the standard library's.
            pub fn load(&self, order: Ordering) -> $value {
                self.turn.take();
                self.value.load(order)
            }

            /// As the standard library's.
            pub fn store(&self, value: $value, order: Ordering) {
                self.turn.take();
                self.value.store(value, order);
            }

            /// As the standard library's.
            pub fn swap(&self, value: $value, order: Ordering) -> $value {
                self.turn.take();
                self.value.swap(value, order)
            }

            /// As the standard library's.
            ///
            /// # Errors
            ///
            /// As there.
            pub fn compare_exchange(
                &self,
                current: $value,
                new: $value,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$value, $value> {
                self.turn.take();
                self.value.compare_exchange(current, new, success, failure)
            }

            /// As the standard library's, but that it never fails for no reason.
            ///
            /// # Errors
            ///
            /// As there.
            pub fn compare_exchange_weak(
                &self,
                current: $value,
                new: $value,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$value, $value> {
                self.compare_exchange(current, new, success, failure)
            }

            /// As the standard library's.
            ///
            /// # Errors
            ///
            /// As there.
            pub fn fetch_update(
                &self,
                set: Ordering,
                fetch: Ordering,
                new: impl FnMut($value) -> Option<$value>,
            ) -> Result<$value, $value> {
                self.turn.take();
                self.value.fetch_update(set, fetch, new)
            }
        }
    };
}

/// What atomics of loom that can be looked at without a step have: an end, which
/// every access must come before.
macro_rules! ends {
    ($name:ident $(<$parameter:ident>)?) => {
        impl $(<$parameter>)? Drop for $name $(<$parameter>)? {
            fn drop(&mut self) {
                // A second panic would hide the first.
                if !std::thread::panicking() {
                    self.value.with_mut(|_| ());
                }
            }
        }
    };
}

macro_rules! integer {
    ($($name:ident: $value:ty),*) => {$(
        atomic!($name, $value);
        ends!($name);

        impl $name {
            /// As the standard library's.
            pub fn into_inner(mut self) -> $value {
                self.value.with_mut(|value| *value)
            }

            /// As the standard library's.
            pub fn fetch_add(&self, value: $value, order: Ordering) -> $value {
                self.turn.take();
                self.value.fetch_add(value, order)
            }

            /// As the standard library's.
            pub fn fetch_sub(&self, value: $value, order: Ordering) -> $value {
                self.turn.take();
                self.value.fetch_sub(value, order)
            }
        }
    )*};
}

integer!(AtomicU8: u8, AtomicU32: u32, AtomicU64: u64, AtomicUsize: usize);
atomic!(AtomicBool, bool);
atomic!(AtomicPtr<T>, *mut T);
ends!(AtomicPtr<T>);
