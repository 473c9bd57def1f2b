//! Whoever writes a job has to hold to it: the trait demands it, and then so does each `dyn Job`.

use std::thread;

pub trait Job: Send {
    fn run(&mut self) -> String;
}

pub type Jobs = Vec<Box<dyn Job>>;

pub fn run_all(mut jobs: Jobs) -> Vec<String> {
    let worker = thread::spawn(move || jobs.iter_mut().map(|job| job.run()).collect());
    worker.join().unwrap()
}
