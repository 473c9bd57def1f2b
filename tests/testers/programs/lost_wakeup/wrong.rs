//! A thread looks whether it is time, lets the lock go, and only then waits.

use std::sync::{Arc, Condvar, Mutex};
use std::thread;

struct Bell {
    rung: Mutex<bool>,
    ring: Condvar,
}

pub fn main() {
    let bell = Arc::new(Bell {
        rung: Mutex::new(false),
        ring: Condvar::new(),
    });
    let other = {
        let bell = bell.clone();
        thread::spawn(move || {
            *bell.rung.lock().unwrap() = true;
            bell.ring.notify_one();
        })
    };
    let rung = *bell.rung.lock().unwrap();
    if !rung {
        // Here the bell may be rung, and nobody hears it.
        let guard = bell.rung.lock().unwrap();
        drop(bell.ring.wait(guard).unwrap());
    }
    other.join().unwrap();
}
