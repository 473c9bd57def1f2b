//! `run_all` does the jobs in a thread of its own, one after the other in their order, and
//! returns what they say. Jobs are made elsewhere: `Job`, `Jobs` and `run_all` must stay.
//!
//! "In Java this is a list of `Job`, and nobody asks. My jobs hold a string and a number,
//! and both may cross. So what can't be sent here?"

use std::thread;

pub trait Job {
    fn run(&mut self) -> String;
}

pub type Jobs = Vec<Box<dyn Job>>;

pub fn run_all(mut jobs: Jobs) -> Vec<String> {
    let worker = thread::spawn(move || jobs.iter_mut().map(|job| job.run()).collect());
    worker.join().unwrap()
}
