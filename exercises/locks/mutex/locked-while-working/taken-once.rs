//! Taking all jobs at once frees the lock, but what comes later is left undone.

use std::collections::VecDeque;
use std::mem;
use std::sync::Mutex;

pub fn work_off(queue: &Mutex<VecDeque<String>>, work: impl FnMut(String)) {
    let jobs = mem::take(&mut *queue.lock().unwrap());
    jobs.into_iter().for_each(work);
}
