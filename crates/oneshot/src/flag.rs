//! Stage 1: a place for the message and a flag; the rest is promised.

use crate::cell::UnsafeCell;
use crate::sync::atomic::AtomicBool;
use crate::sync::atomic::Ordering::{Acquire, Release};

// ANCHOR: oneshot
/// A place for one message, and whether it is there.
pub struct OneShot<T> {
    message: UnsafeCell<Option<T>>,
    ready: AtomicBool,
}

// SAFETY: the message is written before the flag goes up and taken after that,
// once each, as callers promise. So it moves from one thread to another, which
// is what `T: Send` allows.
unsafe impl<T: Send> Sync for OneShot<T> {}

impl<T> OneShot<T> {
    /// Makes a channel without a message.
    pub fn empty() -> OneShot<T> {
        OneShot {
            message: UnsafeCell::new(None),
            ready: AtomicBool::new(false),
        }
    }

    /// Gives `message` away.
    ///
    /// # Safety
    ///
    /// Call it once, from all threads together.
    pub unsafe fn send(&self, message: T) {
        // SAFETY: nobody else sends, and nobody takes before the flag is up.
        unsafe { *self.message.get() = Some(message) };
        // Release: who sees the flag up sees the message too.
        self.ready.store(true, Release);
    }

    /// Takes the message, if it is there.
    ///
    /// # Safety
    ///
    /// Call it from one thread at a time, with its last call before this one.
    pub unsafe fn take(&self) -> Option<T> {
        // Acquire: the message was there before the flag was up.
        if !self.ready.load(Acquire) {
            return None;
        }
        // SAFETY: it is sent, nobody sends again, and nobody else takes.
        unsafe { (*self.message.get()).take() }
    }
}
// ANCHOR_END: oneshot

// A place for the book to include this file at, with every line hidden.
// ANCHOR: hidden
// ANCHOR_END: hidden
