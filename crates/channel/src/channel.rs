//! A queue that a receiver can wait at.

use crate::sync::{Condvar, Mutex};
use std::collections::VecDeque;

// ANCHOR: channel
/// Messages on their way from some threads to others, first in, first out.
pub struct Channel<T> {
    queue: Mutex<VecDeque<T>>,
    arrived: Condvar,
}

/// Makes an empty channel.
pub fn channel<T>() -> Channel<T> {
    Channel {
        queue: Mutex::new(VecDeque::new()),
        arrived: Condvar::new(),
    }
}

/// Gives `message` away to whoever receives it. Never waits.
pub fn send<T: Send>(channel: &Channel<T>, message: T) {
    channel.queue.lock().unwrap().push_back(message);
    channel.arrived.notify_one();
}

/// Takes the oldest message; waits, asleep, while there is none.
pub fn recv<T: Send>(channel: &Channel<T>) -> T {
    let mut queue = channel.queue.lock().unwrap();
    loop {
        match queue.pop_front() {
            Some(message) => return message,
            // Another receiver may be faster than this one is awake, and a
            // wait may end for no reason: so look again, each time.
            None => queue = channel.arrived.wait(queue).unwrap(),
        }
    }
}
// ANCHOR_END: channel

// Why `unwrap`: a lock is poisoned by a panic while it is held. While the queue
// is locked, messages are moved and none of their code runs (no `Drop`, `Clone`
// or `PartialEq`), so a caller's panic cannot happen there. If the queue is
// poisoned all the same, then this file is wrong, and to stop is better than to
// hand out messages from a queue that may be half changed.

// A place for the book to include this file at, with every line hidden.
// ANCHOR: hidden
// ANCHOR_END: hidden
