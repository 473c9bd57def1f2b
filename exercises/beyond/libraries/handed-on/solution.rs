//! The function asks of its caller what `spawn` asks of it.

use std::thread::{self, JoinHandle};

pub struct Pending<T>(JoinHandle<T>);

pub fn in_background<F, T>(work: F) -> Pending<T>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    Pending(thread::spawn(work))
}

impl<T> Pending<T> {
    pub fn wait(self) -> T {
        self.0.join().unwrap()
    }
}
