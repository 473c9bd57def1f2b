//! A scope needs no `'static`. But it waits, so the work begins when somebody else does.

use std::thread;

pub struct Pending<T>(Box<dyn FnOnce() -> T + Send>);

pub fn in_background<T>(work: impl FnOnce() -> T + Send + 'static) -> Pending<T> {
    Pending(Box::new(work))
}

impl<T: Send> Pending<T> {
    pub fn wait(self) -> T {
        thread::scope(|s| s.spawn(self.0).join().unwrap())
    }
}
