//! The guard in the head of the loop lives as long as its body: one works, the other waits.

use std::sync::Mutex;
use std::sync::mpsc::Receiver;
use std::thread;

pub fn in_two(jobs: Receiver<u32>, work: impl Fn(u32) + Sync) {
    let jobs = Mutex::new(jobs);
    thread::scope(|s| {
        for _ in 0..2 {
            s.spawn(|| {
                while let Ok(job) = jobs.lock().unwrap().recv() {
                    work(job);
                }
            });
        }
    });
}
