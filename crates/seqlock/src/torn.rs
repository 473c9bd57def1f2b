//! Stage 1, and wrong: a value of several words, each of them atomic.
//!
//! Nothing here is undefined, and no ordering mends it. `tests/loom.rs` finds
//! the mixture.

use crate::sync::atomic::AtomicU64;
use crate::sync::atomic::Ordering::SeqCst;

// ANCHOR: torn
/// A value that is written and read word by word.
pub struct Words<const N: usize> {
    words: [AtomicU64; N],
}

impl<const N: usize> Words<N> {
    /// Starts with `value`.
    pub fn new(value: [u64; N]) -> Words<N> {
        Words {
            words: value.map(AtomicU64::new),
        }
    }

    /// Writes one word after the other.
    pub fn write(&self, value: [u64; N]) {
        for (word, new) in self.words.iter().zip(value) {
            word.store(new, SeqCst); // and here somebody may read
        }
    }

    /// Reads one word after the other.
    pub fn read(&self) -> [u64; N] {
        self.words.each_ref().map(|word| word.load(SeqCst))
    }
}
// ANCHOR_END: torn

// A place for the book to include this file at, with every line hidden.
// ANCHOR: hidden
// ANCHOR_END: hidden
