//! Stage 1, and wrong: a stack of numbered places, and a pop that succeeds
//! wrongly.
//!
//! The places are never freed, so that nothing here can dangle: the harm is that
//! one place gets two owners. `tests/aba.rs` does it, step by step.

use crate::sync::atomic::AtomicU32;
use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};

// ANCHOR: stack
/// Which of the places `0..N` are free: who pops one has it to itself.
pub struct Stack<const N: usize> {
    top: AtomicU32,
    /// For each place in the stack, the one below.
    below: [AtomicU32; N],
}

const NOTHING: u32 = u32::MAX;

impl<const N: usize> Stack<N> {
    /// Makes a stack on which no place is.
    pub fn new() -> Stack<N> {
        Stack {
            top: AtomicU32::new(NOTHING),
            below: [(); N].map(|()| AtomicU32::new(NOTHING)),
        }
    }

    /// Gives a place back. It must be yours, or it gets a second owner.
    ///
    /// # Panics
    ///
    /// If there is no such place.
    pub fn push(&self, place: u32) {
        let mut top = self.top.load(Relaxed);
        loop {
            self.below[place as usize].store(top, Relaxed);
            // Release: who pops the place sees what lies below it, and all that
            // its last owner did there.
            match self.top.compare_exchange(top, place, Release, Relaxed) {
                Ok(_) => return,
                Err(newer) => top = newer,
            }
        }
    }

    /// Takes a place, if one is free.
    pub fn pop(&self) -> Option<u32> {
        loop {
            if let Some(place) = self.look()?.take() {
                return Some(place);
            }
        }
    }

    // ANCHOR: pop
    /// The first step of a pop: sees which place is on top, and which below.
    pub fn look(&self) -> Option<Step<'_, N>> {
        // Acquire: see `push`.
        let top = self.top.load(Acquire);
        (top != NOTHING).then(|| Step {
            stack: self,
            top,
            below: self.below[top as usize].load(Relaxed),
        })
    }
    // ANCHOR_END: pop
}

// ANCHOR: take
/// A pop that has looked, and not taken yet.
pub struct Step<'a, const N: usize> {
    stack: &'a Stack<N>,
    top: u32,
    below: u32,
}

impl<const N: usize> Step<'_, N> {
    /// The second step of a pop: takes the top, if it is the one it saw.
    pub fn take(self) -> Option<u32> {
        // Wrong: the top may have gone and come back, and then what lies below
        // it need no longer be what lay below it. Acquire, since whoever pushed
        // it again may have used the place.
        self.stack
            .top
            .compare_exchange(self.top, self.below, Acquire, Relaxed)
            .ok()
    }
}
// ANCHOR_END: take
// ANCHOR_END: stack

impl<const N: usize> Default for Stack<N> {
    fn default() -> Stack<N> {
        Stack::new()
    }
}

// A place for the book to include this file at, with every line hidden.
// ANCHOR: hidden
// ANCHOR_END: hidden
