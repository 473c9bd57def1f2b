//! The list is taken out and put back, and meanwhile there is an empty one.

use std::sync::Mutex;
use std::{mem, thread};

pub fn work_elsewhere(list: &Mutex<Vec<u32>>, work: impl FnOnce(&mut Vec<u32>) + Send) {
    let mut taken = mem::take(&mut *list.lock().unwrap());
    let done = thread::scope(|s| {
        let worker = s.spawn(move || {
            work(&mut taken);
            taken
        });
        worker.join().unwrap()
    });
    *list.lock().unwrap() = done;
}
