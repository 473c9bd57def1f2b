//! The work goes into a box whose type says what it may do, and a channel brings back what
//! comes of it: the same bounds are asked for, by other types.

use std::sync::mpsc::{self, Receiver};
use std::thread;

type Work = Box<dyn FnOnce() + Send + 'static>;

pub struct Pending<T>(Receiver<T>);

pub fn in_background<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Pending<T> {
    let (result, pending) = mpsc::channel();
    let work: Work = Box::new(move || drop(result.send(work())));
    thread::spawn(work);
    Pending(pending)
}

impl<T> Pending<T> {
    pub fn wait(self) -> T {
        self.0.recv().unwrap()
    }
}
