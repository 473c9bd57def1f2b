//! A method takes the whole counter. So the closure names the whole, and captures it with
//! what it has been vouched for.

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

    fn step(&mut self) -> u32 {
        // SAFETY: who made the counter promised it.
        unsafe { (self.step)(self.raw) }
    }
}

pub fn count(mut counter: Counter, steps: u32) -> u32 {
    let child = thread::spawn(move || {
        let mut stands_at = 0;
        for _ in 0..steps {
            stands_at = counter.step();
        }
        stands_at
    });
    child.join().unwrap()
}
