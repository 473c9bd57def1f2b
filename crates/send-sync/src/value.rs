//! The same question about the type of a value, which may have no name.

use crate::Probe;
use std::marker::PhantomData;

impl<T> Probe<T> {
    /// A question about the type of a value that cannot be named, such as a
    /// closure's. Ask it with [`is_send_value!`](crate::is_send_value) and
    /// [`is_sync_value!`](crate::is_sync_value).
    pub const fn of(_: &T) -> Self {
        Probe(PhantomData)
    }
}

impl<T: Send> Probe<T> {
    /// Yes; found where `T: Send`.
    pub const fn value_is_send(&self) -> bool {
        true
    }
}

impl<T: Sync> Probe<T> {
    /// Yes; found where `T: Sync`.
    pub const fn value_is_sync(&self) -> bool {
        true
    }
}

/// What a probe of a value answers where it has no method of its own.
pub trait OtherwiseOf {
    /// No.
    fn value_is_send(&self) -> bool {
        false
    }
    /// No.
    fn value_is_sync(&self) -> bool {
        false
    }
}

impl<T> OtherwiseOf for Probe<T> {}
