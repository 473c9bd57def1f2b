//! A channel in which nothing is ever sent. When its sender is gone, so is the wish.

use std::sync::mpsc::{self, Sender, TryRecvError};
use std::thread::{self, JoinHandle};

pub struct Ticker {
    wanted: Sender<()>,
    thread: JoinHandle<()>,
}

impl Ticker {
    pub fn start(mut tick: impl FnMut() + Send + 'static) -> Ticker {
        let (wanted, still_wanted) = mpsc::channel();
        let thread = thread::spawn(move || {
            while still_wanted.try_recv() == Err(TryRecvError::Empty) {
                tick();
            }
        });
        Ticker { wanted, thread }
    }

    pub fn stop(self) {
        drop(self.wanted);
        self.thread.join().unwrap();
    }
}
