//! Stage 2: the same places, and a top that is never the same twice.

use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::sync::atomic::{AtomicU32, AtomicU64};

// ANCHOR: stack
/// Which of the places `0..N` are free: who pops one has it to itself.
pub struct Stack<const N: usize> {
    /// In the lower half the place on top, in the upper half its version: how
    /// often anything was pushed.
    top: AtomicU64,
    /// For each place in the stack, the one below.
    below: [AtomicU32; N],
}

const NOTHING: u32 = u32::MAX;

impl<const N: usize> Stack<N> {
    /// Makes a stack on which no place is.
    pub fn new() -> Stack<N> {
        Stack {
            top: AtomicU64::new(join(0, NOTHING)),
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
            let (version, below) = split(top);
            self.below[place as usize].store(below, Relaxed);
            let new = join(version.wrapping_add(1), place);
            // Release: who pops the place sees what lies below it, and all that
            // its last owner did there.
            match self.top.compare_exchange(top, new, Release, Relaxed) {
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
        let (_, place) = split(top);
        (place != NOTHING).then(|| Step {
            stack: self,
            top,
            below: self.below[place as usize].load(Relaxed),
        })
    }
    // ANCHOR_END: pop
}

// ANCHOR: take
/// A pop that has looked, and not taken yet.
pub struct Step<'a, const N: usize> {
    stack: &'a Stack<N>,
    top: u64,
    below: u32,
}

impl<const N: usize> Step<'_, N> {
    /// The second step of a pop: takes the top, if it is the one it saw.
    ///
    /// A place that has gone and come back has another version, until 2³² more
    /// were pushed, between these two steps.
    pub fn take(self) -> Option<u32> {
        let (version, place) = split(self.top);
        let new = join(version, self.below);
        // Relaxed: it is the very push that `look` has seen, with Acquire. And
        // who looks next sees that of the place below: `stack::Step::take`.
        self.stack
            .top
            .compare_exchange(self.top, new, Relaxed, Relaxed)
            .ok()
            .map(|_| place)
    }
}
// ANCHOR_END: take

fn join(version: u32, place: u32) -> u64 {
    u64::from(version) << 32 | u64::from(place)
}

fn split(top: u64) -> (u32, u32) {
    ((top >> 32) as u32, top as u32)
}
// ANCHOR_END: stack

impl<const N: usize> Default for Stack<N> {
    fn default() -> Stack<N> {
        Stack::new()
    }
}

// A place for the book to include this file at, with every line hidden.
// ANCHOR: hidden
// ANCHOR_END: hidden
