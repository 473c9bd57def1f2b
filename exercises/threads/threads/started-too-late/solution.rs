//! Collecting the handles starts all the threads before the first is waited for.

use std::thread;

pub type Job = Box<dyn FnOnce() -> u32 + Send>;

pub fn run_all(jobs: Vec<Job>) -> Vec<u32> {
    let threads: Vec<_> = jobs.into_iter().map(thread::spawn).collect();
    let threads = threads.into_iter();
    threads.map(|thread| thread.join().unwrap()).collect()
}
