//! The reply is in an `Option`: taken out, it leaves something in its place.

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
        if let Some(number) = self.numbers.next() {
            self.sum += number;
            return true;
        }
        if let Some(reply) = self.reply.take() {
            reply.send(self.sum);
        }
        false
    }
}

pub fn run(mut jobs: Vec<Job>) {
    while !jobs.is_empty() {
        jobs.retain_mut(|job| job.step());
    }
}
