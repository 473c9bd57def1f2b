//! Stage 4: weak handles, which keep the memory and not the value.

use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::sync::atomic::{AtomicUsize, fence};
use std::mem::ManuallyDrop;
use std::ops::Deref;
use std::process;
use std::ptr::NonNull;

// ANCHOR: counted
/// One of the owners of a value.
pub struct Counted<T> {
    weak: ManuallyDrop<Weak<T>>,
}

/// A handle to a value that may be gone: [`upgrade`](Weak::upgrade) tells.
pub struct Weak<T> {
    inner: NonNull<Inner<T>>,
}

struct Inner<T> {
    /// Two numbers, so that one step can read both: in the upper half the
    /// owners, in the lower half the handles. All owners together have one
    /// handle, and who drops the last handle frees the memory.
    counts: AtomicUsize,
    value: ManuallyDrop<T>,
}

const HANDLE: usize = 1;
const OWNER: usize = 1 << (usize::BITS / 2);

// SAFETY: with an owner each, two threads read one value at once: `T: Sync`.
// And the last of them destroys it, whoever made it: `T: Send`.
unsafe impl<T: Send + Sync> Send for Counted<T> {}
// SAFETY: a thread that shares an owner can clone one for itself: as above.
unsafe impl<T: Send + Sync> Sync for Counted<T> {}
// SAFETY: of a handle one can make an owner: as above.
unsafe impl<T: Send + Sync> Send for Weak<T> {}
// SAFETY: of a shared handle too.
unsafe impl<T: Send + Sync> Sync for Weak<T> {}

impl<T> Counted<T> {
    /// Makes the first owner of `value`.
    pub fn new(value: T) -> Counted<T> {
        let inner = Box::new(Inner {
            counts: AtomicUsize::new(OWNER + HANDLE),
            value: ManuallyDrop::new(value),
        });
        Counted::of(Box::leak(inner).into())
    }

    /// Lends the value out to be changed, if nobody else owns it or has a
    /// handle to it.
    pub fn get_mut(this: &mut Counted<T>) -> Option<&mut T> {
        // Acquire: all that the others did with the value, until the Release
        // of each, comes before what we are about to do with it.
        if this.weak.counts().load(Acquire) == OWNER + HANDLE {
            // SAFETY: `this` is the only owner, there is no handle to make one
            // of, and it stays so while `this` is borrowed mutably.
            Some(unsafe { &mut (*this.weak.inner.as_ptr()).value })
        } else {
            None
        }
    }

    /// Makes a handle that doesn't keep the value alive.
    pub fn downgrade(this: &Counted<T>) -> Weak<T> {
        Weak::clone(&this.weak)
    }

    /// An owner, where it is counted already.
    fn of(inner: NonNull<Inner<T>>) -> Counted<T> {
        Counted {
            weak: ManuallyDrop::new(Weak { inner }),
        }
    }
}

impl<T> Weak<T> {
    /// Makes an owner of the value, if there is one still.
    pub fn upgrade(&self) -> Option<Counted<T>> {
        // Relaxed: as for a clone. The value hasn't changed since this handle
        // was made, for with a handle about, `get_mut` refuses.
        self.counts()
            .fetch_update(Relaxed, Relaxed, |counts| {
                (counts >= OWNER).then(|| one_more(OWNER, counts))
            })
            .ok()
            .map(|_| Counted::of(self.inner))
    }

    /// Never all of `Inner` by one reference: its value may be dropped meanwhile.
    fn counts(&self) -> &AtomicUsize {
        // SAFETY: it is freed when no handle is left, and `self` is one.
        unsafe { &(*self.inner.as_ptr()).counts }
    }
}

/// One more of `what`. Handles can be leaked, without end: stop long before one
/// number runs over into the other, or past the end.
fn one_more(what: usize, counts: usize) -> usize {
    if counts / what % OWNER > OWNER / 2 {
        process::abort();
    }
    counts.wrapping_add(what)
}

impl<T> Deref for Counted<T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: it is dropped when no owner is left, and `self` is one.
        unsafe { &(*self.weak.inner.as_ptr()).value }
    }
}

impl<T> Clone for Counted<T> {
    fn clone(&self) -> Counted<T> {
        // Relaxed: `self` stays, so nobody can be the last meanwhile, and how
        // the clone gets to another thread is for whoever takes it there.
        one_more(OWNER, self.weak.counts().fetch_add(OWNER, Relaxed));
        Counted::of(self.weak.inner)
    }
}

impl<T> Clone for Weak<T> {
    fn clone(&self) -> Weak<T> {
        one_more(HANDLE, self.counts().fetch_add(HANDLE, Relaxed));
        Weak { inner: self.inner }
    }
}

impl<T> Drop for Counted<T> {
    fn drop(&mut self) {
        // Release: all that this owner did with the value comes before ...
        if self.weak.counts().fetch_sub(OWNER, Release) / OWNER == 1 {
            // ... its end, in the last owner's thread, and in that one alone.
            fence(Acquire);
            // The owners' handle ends with this scope, should `T`'s end panic.
            let handle = Weak {
                inner: self.weak.inner,
            };
            // SAFETY: no owner is left, and `upgrade` makes none of none.
            unsafe { ManuallyDrop::drop(&mut (*handle.inner.as_ptr()).value) };
        }
    }
}

impl<T> Drop for Weak<T> {
    fn drop(&mut self) {
        // Release and Acquire: all that was done here, the value's end too,
        // comes before the memory's.
        if self.counts().fetch_sub(HANDLE, Release) == HANDLE {
            fence(Acquire);
            // SAFETY: from `Box::leak`, and of all handles this was the last.
            drop(unsafe { Box::from_raw(self.inner.as_ptr()) });
        }
    }
}
// ANCHOR_END: counted

// A place for the book to include this file at, with every line hidden.
// ANCHOR: hidden
// ANCHOR_END: hidden
