//! A library's function: it starts some work on a thread of its own, and gives back a
//! handle on which the caller can wait for what comes of it.
//!
//! "The closure is given to me and I give it to `spawn`, that is all. Whether it may go
//! to another thread, my caller should know! What do I have to do with it?"

use std::thread::{self, JoinHandle};

pub struct Pending<T>(JoinHandle<T>);

pub fn in_background<T>(work: impl FnOnce() -> T) -> Pending<T> {
    Pending(thread::spawn(work))
}

impl<T> Pending<T> {
    pub fn wait(self) -> T {
        self.0.join().unwrap()
    }
}
