//! A thread that ends by itself can be joined, but it ticks only once.

use std::thread::{self, JoinHandle};

pub struct Ticker {
    thread: JoinHandle<()>,
}

impl Ticker {
    pub fn start(mut tick: impl FnMut() + Send + 'static) -> Ticker {
        let thread = thread::spawn(move || tick());
        Ticker { thread }
    }

    pub fn stop(self) {
        self.thread.join().unwrap();
    }
}
