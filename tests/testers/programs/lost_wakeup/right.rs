//! A thread looks whether it is time, and waits, under one lock.

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
    let mut rung = bell.rung.lock().unwrap();
    while !*rung {
        rung = bell.ring.wait(rung).unwrap();
    }
    drop(rung);
    other.join().unwrap();
}
