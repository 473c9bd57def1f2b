//! The field that crosses has a type of its own, and it is that type which is vouched for.

use std::thread;

#[derive(Clone, Copy)]
struct Raw(*mut u32);

pub struct Counter {
    raw: Raw,
    step: unsafe fn(*mut u32) -> u32,
}

// SAFETY: nobody else has the pointer, and the manual allows any thread.
unsafe impl Send for Raw {}

impl Raw {
    fn get(&self) -> *mut u32 {
        self.0
    }
}

impl Counter {
    /// # Safety
    ///
    /// `raw` is the library's, `step` may be called with it, and nobody else does.
    pub unsafe fn new(raw: *mut u32, step: unsafe fn(*mut u32) -> u32) -> Counter {
        Counter {
            raw: Raw(raw),
            step,
        }
    }
}

pub fn count(counter: Counter, steps: u32) -> u32 {
    let child = thread::spawn(move || {
        let mut stands_at = 0;
        for _ in 0..steps {
            // SAFETY: who made the counter promised it.
            stands_at = unsafe { (counter.step)(counter.raw.get()) };
        }
        stands_at
    });
    child.join().unwrap()
}
