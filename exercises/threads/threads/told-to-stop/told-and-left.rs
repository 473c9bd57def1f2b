//! The thread will end, some time. `stop` doesn't wait for that.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

pub struct Ticker {
    wanted: Arc<AtomicBool>,
}

impl Ticker {
    pub fn start(mut tick: impl FnMut() + Send + 'static) -> Ticker {
        let wanted = Arc::new(AtomicBool::new(true));
        let still_wanted = Arc::clone(&wanted);
        thread::spawn(move || {
            while still_wanted.load(Ordering::Relaxed) {
                tick();
            }
        });
        Ticker { wanted }
    }

    pub fn stop(self) {
        self.wanted.store(false, Ordering::Relaxed);
    }
}
