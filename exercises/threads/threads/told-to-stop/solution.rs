//! A flag that both own. The thread looks at it before each tick, and `stop` waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

pub struct Ticker {
    wanted: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Ticker {
    pub fn start(mut tick: impl FnMut() + Send + 'static) -> Ticker {
        let wanted = Arc::new(AtomicBool::new(true));
        let still_wanted = Arc::clone(&wanted);
        let thread = thread::spawn(move || {
            while still_wanted.load(Ordering::Relaxed) {
                tick();
            }
        });
        Ticker { wanted, thread }
    }

    pub fn stop(self) {
        self.wanted.store(false, Ordering::Relaxed);
        self.thread.join().unwrap();
    }
}
