//! No panic leaves its thread: each is caught and kept as a value until both jobs are done.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::thread;

pub fn both<A: Send, B: Send>(
    first: impl FnOnce() -> A + Send,
    second: impl FnOnce() -> B + Send,
) -> (A, B) {
    let caught = thread::scope(|s| {
        let first = s.spawn(|| catch_unwind(AssertUnwindSafe(first)));
        let second = catch_unwind(AssertUnwindSafe(second));
        (first.join().unwrap(), second)
    });
    match caught {
        (Ok(first), Ok(second)) => (first, second),
        (Err(panic), _) | (_, Err(panic)) => resume_unwind(panic),
    }
}
