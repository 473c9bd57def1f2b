//! Sorting by what the answers say isn't the order of the jobs.

use std::sync::{Mutex, mpsc};
use std::thread;

pub type Job = Box<dyn FnOnce() -> String + Send>;

pub fn work_all(jobs: Vec<Job>, workers: usize) -> Vec<String> {
    let queue = Mutex::new(jobs.into_iter());
    let (results, all) = mpsc::channel();
    thread::scope(|s| {
        for _ in 0..workers {
            s.spawn(|| {
                loop {
                    let Some(job) = queue.lock().unwrap().next() else {
                        break;
                    };
                    results.send(job()).unwrap();
                }
            });
        }
    });
    drop(results);
    let mut answers: Vec<String> = all.iter().collect();
    answers.sort();
    answers
}
