//! The guard stays, and so does the work.

use std::sync::Mutex;

pub fn work_elsewhere(list: &Mutex<Vec<u32>>, work: impl FnOnce(&mut Vec<u32>) + Send) {
    work(&mut list.lock().unwrap());
}
