//! The thread has a list of its own, and nobody sees what it did.

use std::sync::Mutex;
use std::thread;

pub fn work_elsewhere(list: &Mutex<Vec<u32>>, work: impl FnOnce(&mut Vec<u32>) + Send) {
    let guard = list.lock().unwrap();
    let mut copy = guard.clone();
    thread::scope(|s| {
        s.spawn(move || work(&mut copy));
    });
    drop(guard);
}
