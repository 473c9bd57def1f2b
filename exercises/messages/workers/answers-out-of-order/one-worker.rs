//! A single worker keeps the order, and does one job at a time.

use std::thread;

pub type Job = Box<dyn FnOnce() -> String + Send>;

pub fn work_all(jobs: Vec<Job>, _workers: usize) -> Vec<String> {
    let worker = thread::spawn(move || jobs.into_iter().map(|job| job()).collect());
    worker.join().unwrap()
}
