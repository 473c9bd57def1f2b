//! Each job is taken in a statement of its own: at the semicolon the lock is free.

use std::collections::VecDeque;
use std::sync::Mutex;

pub fn work_off(queue: &Mutex<VecDeque<String>>, mut work: impl FnMut(String)) {
    loop {
        let job = queue.lock().unwrap().pop_front();
        match job {
            Some(job) => work(job),
            None => return,
        }
    }
}
