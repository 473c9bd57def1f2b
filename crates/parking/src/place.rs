//! A place to sleep at, until a number has changed.

use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::atomic::{AtomicBool, AtomicU32};
use crate::sync::{Arc, Mutex};
use crate::thread::{self, Thread};
use std::collections::VecDeque;

// ANCHOR: place
/// Who sleeps here, in the order in which they came.
///
/// In place of the operating system's record, with a lock as that has inside.
pub struct Place {
    sleepers: Mutex<VecDeque<Arc<Sleeper>>>,
}

struct Sleeper {
    thread: Thread,
    woken: AtomicBool,
}

impl Place {
    /// Makes a place where nobody sleeps.
    pub fn new() -> Place {
        Place {
            sleepers: Mutex::new(VecDeque::new()),
        }
    }

    /// Sleeps until woken, but only if `word` still is `expected`.
    ///
    /// Who changes the word and then calls [`wake_one`](Place::wake_one) can't
    /// miss anybody: either a sleeper is in the queue by then, or it has yet to
    /// lock the queue, and then sees the change.
    pub fn wait(&self, word: &AtomicU32, expected: u32) {
        let mut sleepers = self.sleepers.lock().unwrap();
        // Relaxed: what orders this look is the lock on the queue.
        if word.load(Relaxed) != expected {
            return;
        }
        let me = Arc::new(Sleeper {
            thread: thread::current(),
            woken: AtomicBool::new(false),
        });
        sleepers.push_back(me.clone());
        drop(sleepers);
        // A park may end for no reason, or for another. To leave then, and stay
        // in the queue, would be to take the wake-up of one who does sleep.
        // Relaxed: it says that one was woken, and passes nothing else on.
        while !me.woken.load(Relaxed) {
            thread::park();
        }
    }

    /// Wakes the one who has slept longest, if anybody sleeps.
    pub fn wake_one(&self) {
        let sleeper = self.sleepers.lock().unwrap().pop_front();
        if let Some(sleeper) = sleeper {
            sleeper.woken.store(true, Relaxed);
            sleeper.thread.unpark();
        }
    }
}
// ANCHOR_END: place

// Why `unwrap`: while the queue is locked, nobody's code but these lines runs.
// If it panics nevertheless, for want of memory, to stop is right: no count of
// the sleepers can be trusted then.

impl Default for Place {
    fn default() -> Place {
        Place::new()
    }
}

// A place for the book to include this file at, with every line hidden.
// ANCHOR: hidden
// ANCHOR_END: hidden
