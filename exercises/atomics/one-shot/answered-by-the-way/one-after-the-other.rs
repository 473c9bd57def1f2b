//! Each job is taken, done to its end and answered, before the next begins.

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

    fn finish(self) {
        let sum = self.sum + self.numbers.sum::<u32>();
        self.reply.send(sum);
    }
}

pub fn run(jobs: Vec<Job>) {
    jobs.into_iter().for_each(Job::finish);
}
