//! Without a destructor it compiles: the thread is detached, and nobody waits for it.

use std::sync::mpsc::{self, Sender};
use std::thread;

pub struct Worker {
    jobs: Sender<Box<dyn FnOnce() + Send>>,
}

impl Worker {
    pub fn start() -> Worker {
        let (jobs, queue) = mpsc::channel::<Box<dyn FnOnce() + Send>>();
        thread::spawn(move || queue.into_iter().for_each(|job| job()));
        Worker { jobs }
    }

    pub fn submit(&self, job: impl FnOnce() + Send + 'static) {
        self.jobs.send(Box::new(job)).unwrap();
    }
}
