//! As `std::thread`, with a park of our own.
//!
//! Loom's unpark ends whatever a thread waits for, be it a lock or a join, and
//! orders what comes before it even if nobody parks. This one is made of a
//! mutex and a condition.

use loom::sync::{Condvar, Mutex};
use std::sync::Arc;

pub use loom::thread::{JoinHandle, spawn, yield_now};

/// As the standard library's.
// The counted pointer is the standard one: loom's would be one more thing to
// schedule.
#[derive(Clone)]
pub struct Thread(Arc<(Mutex<bool>, Condvar)>);

loom::thread_local! {
    static ME: Thread = Thread(Arc::new((Mutex::new(false), Condvar::new())));
}

/// As the standard library's.
pub fn current() -> Thread {
    ME.with(Thread::clone)
}

/// As the standard library's, but that it never ends for no reason.
pub fn park() {
    let me = current();
    let (token, given) = &*me.0;
    let mut token = token.lock().unwrap();
    while !*token {
        token = given.wait(token).unwrap();
    }
    *token = false;
}

impl Thread {
    /// As the standard library's.
    pub fn unpark(&self) {
        let (token, given) = &*self.0;
        *token.lock().unwrap() = true;
        given.notify_one();
    }
}
