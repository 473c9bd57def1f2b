//! The first line of the closure names the whole, and that decides what is captured.

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
        let counter = counter;
        let mut stands_at = 0;
        for _ in 0..steps {
            // SAFETY: who made the counter promised it.
            stands_at = unsafe { (counter.step)(counter.raw) };
        }
        stands_at
    });
    child.join().unwrap()
}
