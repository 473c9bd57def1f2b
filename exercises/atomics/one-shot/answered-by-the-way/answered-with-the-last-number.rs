//! The step that adds the last number answers. With no numbers there is no such step.

use std::iter::Peekable;
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
    numbers: Peekable<Box<dyn Iterator<Item = u32>>>,
    sum: u32,
    reply: Option<Reply>,
}

impl Job {
    pub fn new(numbers: impl Iterator<Item = u32> + 'static, reply: Reply) -> Job {
        Job {
            numbers: (Box::new(numbers) as Box<dyn Iterator<Item = u32>>).peekable(),
            sum: 0,
            reply: Some(reply),
        }
    }

    fn step(&mut self) -> bool {
        let Some(number) = self.numbers.next() else {
            return false;
        };
        self.sum += number;
        if self.numbers.peek().is_some() {
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
