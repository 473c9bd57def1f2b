//! The order of the fields says it: the sender goes first, then whoever joins.

use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};

pub struct Worker {
    jobs: Sender<Box<dyn FnOnce() + Send>>,
    _thread: Joined,
}

struct Joined(Option<JoinHandle<()>>);

impl Worker {
    pub fn start() -> Worker {
        let (jobs, queue) = mpsc::channel::<Box<dyn FnOnce() + Send>>();
        let thread = thread::spawn(move || queue.into_iter().for_each(|job| job()));
        let _thread = Joined(Some(thread));
        Worker { jobs, _thread }
    }

    pub fn submit(&self, job: impl FnOnce() + Send + 'static) {
        self.jobs.send(Box::new(job)).unwrap();
    }
}

impl Drop for Joined {
    fn drop(&mut self) {
        if let Some(thread) = self.0.take() {
            thread.join().unwrap();
        }
    }
}
