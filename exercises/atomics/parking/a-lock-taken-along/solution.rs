//! The guard stays. What crosses is a reference to the list, for as long as the scope.

use std::sync::Mutex;
use std::thread;

pub fn work_elsewhere(list: &Mutex<Vec<u32>>, work: impl FnOnce(&mut Vec<u32>) + Send) {
    let mut guard = list.lock().unwrap();
    let list: &mut Vec<u32> = &mut guard;
    thread::scope(|s| {
        s.spawn(move || work(list));
    });
}
