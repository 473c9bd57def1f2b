//! The job's end sends the answer, and comes also when the job isn't done.

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
    reply: Option<Reply>,
}

impl Job {
    pub fn new(numbers: impl Iterator<Item = u32> + 'static, reply: Reply) -> Job {
        Job {
            numbers: Box::new(numbers),
            sum: 0,
            reply: Some(reply),
        }
    }

    fn step(&mut self) -> bool {
        match self.numbers.next() {
            Some(number) => self.sum += number,
            None => return false,
        }
        true
    }
}

pub fn run(mut jobs: Vec<Job>) {
    while !jobs.is_empty() {
        jobs.retain_mut(|job| job.step());
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        if let Some(reply) = self.reply.take() {
            reply.send(self.sum);
        }
    }
}
