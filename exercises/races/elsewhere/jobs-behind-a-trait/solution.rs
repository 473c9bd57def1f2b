//! Whoever puts a job on the list has to hold to it: the box says `+ Send`.

use std::thread;

pub trait Job {
    fn run(&mut self) -> String;
}

pub type Jobs = Vec<Box<dyn Job + Send>>;

pub fn run_all(mut jobs: Jobs) -> Vec<String> {
    let worker = thread::spawn(move || jobs.iter_mut().map(|job| job.run()).collect());
    worker.join().unwrap()
}
