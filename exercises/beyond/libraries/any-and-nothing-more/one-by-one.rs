//! Waited for before the second job begins: the panic is in time, and so is nothing else.

use std::panic::resume_unwind;
use std::thread;

pub fn both<A: Send, B: Send>(
    first: impl FnOnce() -> A + Send,
    second: impl FnOnce() -> B + Send,
) -> (A, B) {
    thread::scope(|s| {
        let first = s.spawn(first).join();
        let first = first.unwrap_or_else(|panic| resume_unwind(panic));
        (first, second())
    })
}
