//! Each thread does one job and goes home.

use std::sync::Mutex;
use std::sync::mpsc::Receiver;
use std::thread;

pub fn in_two(jobs: Receiver<u32>, work: impl Fn(u32) + Sync) {
    let jobs = Mutex::new(jobs);
    thread::scope(|s| {
        for _ in 0..2 {
            s.spawn(|| {
                let next = jobs.lock().unwrap().recv();
                if let Ok(job) = next {
                    work(job);
                }
            });
        }
    });
}
