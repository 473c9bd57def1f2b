//! Taken from the end of the list.

use std::thread;

pub trait Job {
    fn run(&mut self) -> String;
}

pub type Jobs = Vec<Box<dyn Job + Send>>;

pub fn run_all(mut jobs: Jobs) -> Vec<String> {
    let worker = thread::spawn(move || {
        let mut said = Vec::new();
        while let Some(mut job) = jobs.pop() {
            said.push(job.run());
        }
        said
    });
    worker.join().unwrap()
}
