//! A `Worker` is a thread that does jobs. When the worker is dropped, no more jobs
//! come in; those that wait are done, and the thread has ended when the drop is over.
//!
//! "First the sender goes, then I wait for the thread. That's what should happen, in
//! that order. But the compiler won't give me my own fields."

use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};

pub struct Worker {
    jobs: Sender<Box<dyn FnOnce() + Send>>,
    thread: JoinHandle<()>,
}

impl Worker {
    pub fn start() -> Worker {
        let (jobs, queue) = mpsc::channel::<Box<dyn FnOnce() + Send>>();
        let thread = thread::spawn(move || queue.into_iter().for_each(|job| job()));
        Worker { jobs, thread }
    }

    pub fn submit(&self, job: impl FnOnce() + Send + 'static) {
        self.jobs.send(Box::new(job)).unwrap();
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        drop(self.jobs);
        self.thread.join().unwrap();
    }
}
