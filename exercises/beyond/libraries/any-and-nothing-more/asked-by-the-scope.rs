//! The first one isn't asked how it went until the scope does, and that has words of its own.

use std::sync::mpsc;
use std::thread;

pub fn both<A: Send, B: Send>(
    first: impl FnOnce() -> A + Send,
    second: impl FnOnce() -> B + Send,
) -> (A, B) {
    let (result, results) = mpsc::channel();
    let second = thread::scope(|s| {
        s.spawn(move || result.send(first()).unwrap());
        second()
    });
    (results.recv().unwrap(), second)
}
