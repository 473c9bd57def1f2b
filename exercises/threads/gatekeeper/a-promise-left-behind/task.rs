//! A library that isn't written in Rust counts in memory of its own, and gives out raw
//! pointers to it. Its manual says that any thread may use a counter, one at a time. So
//! `Counter` owns such a pointer and vouches for it. `count` takes some steps in a thread
//! of its own, and returns where the counter stands.
//!
//! "I have vouched for it, in the proper place. And the compiler tells me again that a
//! `*mut u32` can't be sent. It isn't a `*mut u32`, it is a `Counter`!"

use std::thread;

pub struct Counter {
    raw: *mut u32,
    step: unsafe fn(*mut u32) -> u32,
}

// SAFETY: nobody else has the pointer, and the manual allows any thread.
unsafe impl Send for Counter {}

impl Counter {
    /// # Safety
    ///
    /// `raw` is the library's, `step` may be called with it, and nobody else does.
    pub unsafe fn new(raw: *mut u32, step: unsafe fn(*mut u32) -> u32) -> Counter {
        Counter { raw, step }
    }
}

pub fn count(counter: Counter, steps: u32) -> u32 {
    let child = thread::spawn(move || {
        let mut stands_at = 0;
        for _ in 0..steps {
            // SAFETY: who made the counter promised it.
            stands_at = unsafe { (counter.step)(counter.raw) };
        }
        stands_at
    });
    child.join().unwrap()
}
