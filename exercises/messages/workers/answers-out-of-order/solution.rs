//! Each answer carries the place of its job, and is put there.

use std::sync::{Mutex, mpsc};
use std::thread;

pub type Job = Box<dyn FnOnce() -> String + Send>;

pub fn work_all(jobs: Vec<Job>, workers: usize) -> Vec<String> {
    let mut answers = vec![String::new(); jobs.len()];
    let queue = Mutex::new(jobs.into_iter().enumerate());
    let (results, all) = mpsc::channel();
    thread::scope(|s| {
        for _ in 0..workers {
            s.spawn(|| {
                loop {
                    let Some((at, job)) = queue.lock().unwrap().next() else {
                        break;
                    };
                    results.send((at, job())).unwrap();
                }
            });
        }
    });
    drop(results);
    for (at, answer) in all {
        answers[at] = answer;
    }
    answers
}
