//! `work_off` does the jobs in the queue, the oldest first, until there are none. A
//! job may hand in further jobs while it is being done; these are done as well.
//!
//! "It went well in all my tests. Then somebody wrote a job that hands in another
//! one, and since then the program stands still, without any message."

use std::collections::VecDeque;
use std::sync::Mutex;

pub fn work_off(queue: &Mutex<VecDeque<String>>, mut work: impl FnMut(String)) {
    for job in queue.lock().unwrap().drain(..) {
        work(job);
    }
}
