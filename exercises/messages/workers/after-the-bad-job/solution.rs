//! The worker catches the panic, says so, and goes on.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::thread;

pub type Job = Box<dyn FnOnce() -> u32 + Send>;

pub fn work_all(jobs: Vec<Job>) -> Vec<Option<u32>> {
    let (results, all) = mpsc::channel();
    thread::spawn(move || {
        for job in jobs {
            let came = catch_unwind(AssertUnwindSafe(job));
            results.send(came.ok()).unwrap();
        }
    });
    all.iter().collect()
}
