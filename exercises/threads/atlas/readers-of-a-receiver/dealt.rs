//! The receiver stays with one thread, which deals the jobs out: each worker has a channel.

use std::sync::mpsc::{self, Receiver};
use std::thread;

pub fn in_two(jobs: Receiver<u32>, work: impl Fn(u32) + Sync) {
    thread::scope(|s| {
        let mut workers = Vec::new();
        for _ in 0..2 {
            let (hand, dealt) = mpsc::channel();
            s.spawn(|| dealt.into_iter().for_each(&work));
            workers.push(hand);
        }
        for (n, job) in jobs.into_iter().enumerate() {
            workers[n % 2].send(job).unwrap();
        }
    });
}
