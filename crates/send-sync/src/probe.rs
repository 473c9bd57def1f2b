//! The question about a type, and the two answers to it.

// ANCHOR: probe
use std::marker::PhantomData;

/// A question about `T`, of which no value is needed.
// ANCHOR: question
pub struct Probe<T: ?Sized>(pub PhantomData<T>);
// ANCHOR_END: question

impl<T: ?Sized + Send> Probe<T> {
    /// Whether `T` may move to another thread. This one: yes.
    pub const SEND: bool = true;
}

impl<T: ?Sized + Sync> Probe<T> {
    /// Whether `&T` may go to another thread. This one: yes.
    pub const SYNC: bool = true;
}

/// What a probe answers where it has no constant of its own.
pub trait Otherwise {
    /// No.
    const SEND: bool = false;
    /// No.
    const SYNC: bool = false;
}

impl<T: ?Sized> Otherwise for Probe<T> {}
// ANCHOR_END: probe
