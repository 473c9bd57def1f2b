//! `work_elsewhere` does some work on a list, on a thread of its own, and returns when
//! it is done. Until then the list is locked: nobody sees it half done.
//!
//! "I lock it and give the guard to the thread. Who has the guard has the lock, so
//! why not the thread? It would even unlock it."

use std::sync::Mutex;
use std::thread;

pub fn work_elsewhere(list: &Mutex<Vec<u32>>, work: impl FnOnce(&mut Vec<u32>) + Send) {
    let mut guard = list.lock().unwrap();
    thread::scope(|s| {
        s.spawn(move || work(&mut guard));
    });
}
