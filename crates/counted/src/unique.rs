//! Stage 3: the one owner that is left may change the value.

use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::sync::atomic::{AtomicUsize, fence};
use std::ops::Deref;
use std::process;
use std::ptr::NonNull;

// ANCHOR: counted
/// One of the owners of a value.
pub struct Counted<T> {
    inner: NonNull<Inner<T>>,
}

struct Inner<T> {
    owners: AtomicUsize,
    value: T,
}

// SAFETY: with an owner each, two threads read one value at once: `T: Sync`.
// And the last of them destroys it, whoever made it: `T: Send`.
unsafe impl<T: Send + Sync> Send for Counted<T> {}
// SAFETY: a thread that shares an owner can clone one for itself: as above.
unsafe impl<T: Send + Sync> Sync for Counted<T> {}

impl<T> Counted<T> {
    /// Makes the first owner of `value`.
    pub fn new(value: T) -> Counted<T> {
        let inner = Box::new(Inner {
            owners: AtomicUsize::new(1),
            value,
        });
        Counted {
            inner: Box::leak(inner).into(),
        }
    }

    // ANCHOR: get_mut
    /// Lends the value out to be changed, if nobody else owns it.
    ///
    /// Not a method, so that `T` may have a `get_mut` of its own.
    pub fn get_mut(this: &mut Counted<T>) -> Option<&mut T> {
        // Acquire: all that the others did with the value, until the Release
        // of each, comes before what we are about to do with it.
        if this.inner().owners.load(Acquire) == 1 {
            // SAFETY: `this` is the only owner, and stays so: it is borrowed
            // mutably, and others come only from cloning it.
            Some(unsafe { &mut this.inner.as_mut().value })
        } else {
            None
        }
    }
    // ANCHOR_END: get_mut

    fn inner(&self) -> &Inner<T> {
        // SAFETY: it is freed when no owner is left, and `self` is one.
        unsafe { self.inner.as_ref() }
    }
}

impl<T> Deref for Counted<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.inner().value
    }
}

impl<T> Clone for Counted<T> {
    fn clone(&self) -> Counted<T> {
        // Relaxed: `self` stays, so nobody can be the last meanwhile, and how
        // the clone gets to another thread is for whoever takes it there.
        let owners = self.inner().owners.fetch_add(1, Relaxed);
        // Owners can be leaked, without end. Stop long before 0 comes round.
        if owners > usize::MAX / 2 {
            process::abort();
        }
        Counted { inner: self.inner }
    }
}

impl<T> Drop for Counted<T> {
    fn drop(&mut self) {
        // Release: all that this owner did with the value comes before ...
        if self.inner().owners.fetch_sub(1, Release) == 1 {
            // ... its end, in the last owner's thread, and in that one alone.
            fence(Acquire);
            // SAFETY: from `Box::leak`, and of all owners this was the last.
            drop(unsafe { Box::from_raw(self.inner.as_ptr()) });
        }
    }
}
// ANCHOR_END: counted

// A place for the book to include this file at, with every line hidden.
// ANCHOR: hidden
// ANCHOR_END: hidden
