//! A `Mutex` asks for `Send` alone: the threads take turns at the receiver, and work in between.

use std::sync::Mutex;
use std::sync::mpsc::Receiver;
use std::thread;

pub fn in_two(jobs: Receiver<u32>, work: impl Fn(u32) + Sync) {
    let jobs = Mutex::new(jobs);
    thread::scope(|s| {
        for _ in 0..2 {
            s.spawn(|| {
                loop {
                    let next = jobs.lock().unwrap().recv();
                    let Ok(job) = next else { break };
                    work(job);
                }
            });
        }
    });
}
