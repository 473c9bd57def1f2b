//! `in_two` does every job that comes out of the channel, in two threads, so that two jobs
//! may be under way at once. It returns when the channel has ended and all jobs are done.
//!
//! "Nobody changes the receiver, they only take from it. So I put it behind a lock for
//! readers, and now the receiver can't be shared. Isn't that what the lock is for?"

use std::sync::RwLock;
use std::sync::mpsc::Receiver;
use std::thread;

pub fn in_two(jobs: Receiver<u32>, work: impl Fn(u32) + Sync) {
    let jobs = RwLock::new(jobs);
    thread::scope(|s| {
        for _ in 0..2 {
            s.spawn(|| {
                loop {
                    let next = jobs.read().unwrap().recv();
                    let Ok(job) = next else { break };
                    work(job);
                }
            });
        }
    });
}
