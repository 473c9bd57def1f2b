//! Stage 3: nodes on the heap, and none is freed while a thread may look at it.

use crate::epoch::{self, Atomic, Guard, Owned, Shared};
use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use std::mem::ManuallyDrop;
use std::ptr;

// ANCHOR: stack
/// Values, of which the last pushed is the first popped.
pub struct Stack<T> {
    top: Atomic<Node<T>>,
}

struct Node<T> {
    /// Moved out by the one thread that takes the node off the stack.
    value: ManuallyDrop<T>,
    below: Atomic<Node<T>>,
}

// SAFETY: a value is moved in by one thread and out by one thread, and nobody
// else gets to see it: `T: Send`. Nodes go from thread to thread with it.
unsafe impl<T: Send> Send for Stack<T> {}
// SAFETY: as above; a shared stack lends out no `&T`.
unsafe impl<T: Send> Sync for Stack<T> {}

impl<T> Stack<T> {
    /// Makes an empty stack.
    pub fn new() -> Stack<T> {
        Stack {
            top: Atomic::null(),
        }
    }

    /// Puts `value` on top. Never waits.
    pub fn push(&self, value: T) {
        let guard = epoch::pin();
        let node = Owned::new(Node {
            value: ManuallyDrop::new(value),
            below: Atomic::null(),
        });
        let node = node.into_shared(&guard);
        let mut top = self.top.load(Relaxed, &guard);
        loop {
            // SAFETY: made above, and not taken off before it was put on.
            unsafe { node.deref() }.below.store(top, Relaxed);
            // Release: who sees the node on top sees what is in it.
            match self
                .top
                .compare_exchange(top, node, Release, Relaxed, &guard)
            {
                Ok(_) => return,
                Err(failure) => top = failure.current,
            }
        }
    }

    /// Takes the value on top, if there is one. Never waits.
    pub fn pop(&self) -> Option<T> {
        let guard = epoch::pin();
        loop {
            if let Some(value) = self.look(&guard)?.take() {
                return Some(value);
            }
        }
    }

    // ANCHOR: pop
    /// The first step of a pop: sees which node is on top, and which below.
    pub fn look<'a>(&'a self, guard: &'a Guard) -> Option<Step<'a, T>> {
        // Acquire: see `push`.
        let top = self.top.load(Acquire, guard);
        // SAFETY: `guard` was pinned when this node was on the stack, so it
        // isn't freed before `guard` ends.
        let node = unsafe { top.as_ref() }?;
        let below = node.below.load(Relaxed, guard);
        Some(Step {
            stack: self,
            guard,
            top,
            below,
        })
    }
    // ANCHOR_END: pop
}

// ANCHOR: take
/// A pop that has looked, and not taken yet.
pub struct Step<'a, T> {
    stack: &'a Stack<T>,
    guard: &'a Guard,
    top: Shared<'a, Node<T>>,
    below: Shared<'a, Node<T>>,
}

impl<T> Step<'_, T> {
    /// The second step of a pop: takes the top, if it is the one it saw.
    ///
    /// It is the same node then, and never was off: a push makes a new node, and
    /// not where this one is, for this one isn't freed before the guard ends.
    pub fn take(self) -> Option<T> {
        // Relaxed: `look` has seen with Acquire what is in the node. And who looks
        // next sees what is in the node below, for a read-modify-write doesn't
        // end the release sequence of the push that put that one there.
        self.stack
            .top
            .compare_exchange(self.top, self.below, Relaxed, Relaxed, self.guard)
            .ok()?;
        // SAFETY: not freed, as in `look`; and to have taken it off is to have
        // its value, since only one exchange from it can succeed.
        let value = unsafe { ptr::read(&self.top.deref().value) };
        // SAFETY: it is off the stack, so who pins from now on can't see it. Its
        // value isn't dropped again: `ManuallyDrop`.
        unsafe { self.guard.defer_destroy(self.top) };
        Some(ManuallyDrop::into_inner(value))
    }
}
// ANCHOR_END: take

impl<T> Drop for Stack<T> {
    fn drop(&mut self) {
        while self.pop().is_some() {}
    }
}
// ANCHOR_END: stack

impl<T> Default for Stack<T> {
    fn default() -> Stack<T> {
        Stack::new()
    }
}

// A place for the book to include this file at, with every line hidden.
// ANCHOR: hidden
// ANCHOR_END: hidden
