//! `work_all` has so many workers do the jobs, and returns what came of them: first
//! what came of the first job, then of the second, and so on.
//!
//! "In all my tests the answers came in order. With longer jobs they are all there,
//! but they stand in the wrong places. A channel keeps its order, doesn't it?"

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
    all.iter().collect()
}
