//! The thread that works is the thread that locks.

use std::sync::Mutex;
use std::thread;

pub fn work_elsewhere(list: &Mutex<Vec<u32>>, work: impl FnOnce(&mut Vec<u32>) + Send) {
    thread::scope(|s| {
        s.spawn(move || work(&mut list.lock().unwrap()));
    });
}
