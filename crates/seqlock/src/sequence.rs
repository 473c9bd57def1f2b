//! Stage 2: a count of the changes tells whether the words belong together.

use crate::hint;
use crate::sync::Arc;
use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::sync::atomic::{AtomicU64, AtomicUsize, fence};

// ANCHOR: seqlock
/// The one who may write. There is no other.
pub struct Writer<const N: usize> {
    shared: Arc<Shared<N>>,
}

/// One of those who may read.
#[derive(Clone)]
pub struct Reader<const N: usize> {
    shared: Arc<Shared<N>>,
}

struct Shared<const N: usize> {
    /// Odd while a change is under way.
    count: AtomicUsize,
    words: [AtomicU64; N],
}

/// Makes a writer and a reader of a value that starts as `value`.
pub fn seqlock<const N: usize>(value: [u64; N]) -> (Writer<N>, Reader<N>) {
    let shared = Arc::new(Shared {
        count: AtomicUsize::new(0),
        words: value.map(AtomicU64::new),
    });
    let writer = Writer {
        shared: shared.clone(),
    };
    (writer, Reader { shared })
}

// ANCHOR: change
impl<const N: usize> Writer<N> {
    /// Changes the value. Never waits.
    pub fn write(&mut self, value: [u64; N]) {
        let Shared { count, words } = &*self.shared;
        // Relaxed: nobody else writes the count.
        let before = count.load(Relaxed);
        count.store(before.wrapping_add(1), Relaxed);
        // This fence and the reader's: who saw one of the words below sees the
        // odd count too.
        fence(Release);
        for (word, new) in words.iter().zip(value) {
            word.store(new, Relaxed);
        }
        // Release: who sees this count sees all of the words.
        count.store(before.wrapping_add(2), Release);
    }
}
// ANCHOR_END: change

impl<const N: usize> Reader<N> {
    /// Reads the value; again and again, awake, while it is being changed.
    pub fn read(&self) -> [u64; N] {
        loop {
            if let Some(value) = self.try_read() {
                return value;
            }
            hint::spin_loop();
        }
    }

    // ANCHOR: try_read
    /// Reads the value, unless it is being changed.
    pub fn try_read(&self) -> Option<[u64; N]> {
        let Shared { count, words } = &*self.shared;
        // Acquire: no word below is older than this count.
        let before = count.load(Acquire);
        let value = words.each_ref().map(|word| word.load(Relaxed));
        // If a word above was newer, then this fence and the writer's make the
        // count that we load below differ. An Acquire on that load would be too
        // late: it orders what comes after it.
        fence(Acquire);
        let after = count.load(Relaxed);
        (before == after && before % 2 == 0).then_some(value)
    }
    // ANCHOR_END: try_read
}
// ANCHOR_END: seqlock

// A place for the book to include this file at, with every line hidden.
// ANCHOR: hidden
// ANCHOR_END: hidden
