//! A step takes the job, and gives it back if there is more to do.

use std::sync::mpsc;

/// The right to answer once. It stays as it is.
pub struct Reply(mpsc::Sender<u32>);

pub fn reply() -> (Reply, mpsc::Receiver<u32>) {
    let (sender, receiver) = mpsc::channel();
    (Reply(sender), receiver)
}

impl Reply {
    pub fn send(self, answer: u32) {
        let _ = self.0.send(answer); // who asked may be gone
    }
}

pub struct Job {
    numbers: Box<dyn Iterator<Item = u32>>,
    sum: u32,
    reply: Reply,
}

impl Job {
    pub fn new(numbers: impl Iterator<Item = u32> + 'static, reply: Reply) -> Job {
        Job {
            numbers: Box::new(numbers),
            sum: 0,
            reply,
        }
    }

    fn step(mut self) -> Option<Job> {
        match self.numbers.next() {
            Some(number) => {
                self.sum += number;
                Some(self)
            }
            None => {
                self.reply.send(self.sum);
                None
            }
        }
    }
}

pub fn run(mut jobs: Vec<Job>) {
    while !jobs.is_empty() {
        jobs = jobs.into_iter().filter_map(Job::step).collect();
    }
}
