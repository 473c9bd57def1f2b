//! A plain loop, which does the same: it starts one, and waits for it.

use std::thread;

pub type Job = Box<dyn FnOnce() -> u32 + Send>;

pub fn run_all(jobs: Vec<Job>) -> Vec<u32> {
    let mut results = Vec::new();
    for job in jobs {
        let thread = thread::spawn(job);
        results.push(thread.join().unwrap());
    }
    results
}
