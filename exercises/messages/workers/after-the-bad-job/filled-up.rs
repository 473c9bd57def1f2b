//! The list has its length, but nobody has done the jobs after the bad one.

use std::sync::mpsc;
use std::thread;

pub type Job = Box<dyn FnOnce() -> u32 + Send>;

pub fn work_all(jobs: Vec<Job>) -> Vec<Option<u32>> {
    let count = jobs.len();
    let (results, all) = mpsc::channel();
    thread::spawn(move || {
        for job in jobs {
            results.send(Some(job())).unwrap();
        }
    });
    let mut came: Vec<_> = all.iter().collect();
    came.resize(count, None);
    came
}
