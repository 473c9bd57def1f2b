//! The message is read out of the panic, and a new panic says it: what isn't text is lost.

use std::thread;

pub fn both<A: Send, B: Send>(
    first: impl FnOnce() -> A + Send,
    second: impl FnOnce() -> B + Send,
) -> (A, B) {
    thread::scope(|s| {
        let first = s.spawn(first);
        let second = second();
        let first = first.join().unwrap_or_else(|panic| {
            let text = panic.downcast_ref::<&str>().map(|text| text.to_string());
            let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
            panic!("{}", text.unwrap_or_default())
        });
        (first, second)
    })
}
