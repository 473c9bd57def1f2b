//! One worker does the jobs. `work_all` returns what came of each, and `None` where
//! a job has panicked.
//!
//! "There was one bad job among them, and that one I can do without. But everything
//! that came after it is missing as well!"

use std::sync::mpsc;
use std::thread;

pub type Job = Box<dyn FnOnce() -> u32 + Send>;

pub fn work_all(jobs: Vec<Job>) -> Vec<Option<u32>> {
    let (results, all) = mpsc::channel();
    thread::spawn(move || {
        for job in jobs {
            results.send(Some(job())).unwrap();
        }
    });
    all.iter().collect()
}
