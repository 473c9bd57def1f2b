//! The wrong end of the queue.

use std::collections::VecDeque;
use std::sync::Mutex;

pub fn work_off(queue: &Mutex<VecDeque<String>>, mut work: impl FnMut(String)) {
    loop {
        let job = queue.lock().unwrap().pop_back();
        let Some(job) = job else { return };
        work(job);
    }
}
