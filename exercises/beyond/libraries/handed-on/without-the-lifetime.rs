//! As far as the first messages lead: what crosses may cross, and may still be borrowed.

use std::thread::{self, JoinHandle};

pub struct Pending<T>(JoinHandle<T>);

pub fn in_background<T: Send>(work: impl FnOnce() -> T + Send) -> Pending<T> {
    Pending(thread::spawn(work))
}

impl<T> Pending<T> {
    pub fn wait(self) -> T {
        self.0.join().unwrap()
    }
}
