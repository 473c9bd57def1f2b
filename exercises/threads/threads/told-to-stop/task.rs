//! A `Ticker` calls `tick` again and again, in a thread of its own, until it is
//! stopped. When `stop` returns, the thread has ended: `tick` is never called again,
//! and has been destroyed with all it owned.
//!
//! "I threw away the only handle. Who else could still know of this thread?"

use std::thread::{self, JoinHandle};

pub struct Ticker {
    thread: JoinHandle<()>,
}

impl Ticker {
    /// `'static`: `tick` has borrowed nothing, so it may be called for as long as you like.
    pub fn start(mut tick: impl FnMut() + Send + 'static) -> Ticker {
        let thread = thread::spawn(move || {
            loop {
                tick();
            }
        });
        Ticker { thread }
    }

    pub fn stop(self) {
        drop(self.thread);
    }
}
