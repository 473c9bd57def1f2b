//! Jobs that take turns on one thread. A job adds up its numbers, one in a step;
//! when there are no more, it answers, once, and is done. A job that never gets so
//! far doesn't answer.
//!
//! "`send` takes the reply away from me; I wanted it so. When the job is done it has
//! no use for it any more. But all that I have is a `&mut`, and the compiler says
//! that I can't move out of that."

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

    /// One step. Says whether there is more to do.
    fn step(&mut self) -> bool {
        if let Some(number) = self.numbers.next() {
            self.sum += number;
            return true;
        }
        self.reply.send(self.sum);
        false
    }
}

/// Does all jobs, a step of each in turn.
pub fn run(mut jobs: Vec<Job>) {
    while !jobs.is_empty() {
        jobs.retain_mut(|job| job.step());
    }
}
