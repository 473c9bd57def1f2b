//! All that is there is taken at once, and again until nothing is: fewer lockings.

use std::collections::VecDeque;
use std::mem;
use std::sync::Mutex;

pub fn work_off(queue: &Mutex<VecDeque<String>>, mut work: impl FnMut(String)) {
    loop {
        let jobs = mem::take(&mut *queue.lock().unwrap());
        if jobs.is_empty() {
            return;
        }
        jobs.into_iter().for_each(&mut work);
    }
}
