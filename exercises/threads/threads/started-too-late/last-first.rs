//! All at the same time, but the handles come off a stack: the last one first.

use std::thread;

pub type Job = Box<dyn FnOnce() -> u32 + Send>;

pub fn run_all(jobs: Vec<Job>) -> Vec<u32> {
    let mut threads: Vec<_> = jobs.into_iter().map(thread::spawn).collect();
    let mut results = Vec::new();
    while let Some(thread) = threads.pop() {
        results.push(thread.join().unwrap());
    }
    results
}
