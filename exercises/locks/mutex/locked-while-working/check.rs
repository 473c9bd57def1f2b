use std::sync::Mutex;

use crate::task::work_off;

/// Hands in a job without waiting: where the lock is held, `lock` would wait for ever.
macro_rules! hand_in {
    ($queue:ident, $job:expr) => {
        match $queue.try_lock() {
            Ok(mut jobs) => jobs.push_back($job.to_owned()),
            Err(_) => panic!("the queue is locked while a job is being done"),
        }
    };
}

#[test]
fn the_jobs_are_done_oldest_first() {
    let queue = Mutex::new(["sweep", "mop", "dust"].map(str::to_owned).into());
    let mut done = Vec::new();
    work_off(&queue, |job| done.push(job));
    assert_eq!(done, ["sweep", "mop", "dust"], "the order of the jobs");
}

#[test]
fn a_job_may_hand_in_others_and_they_are_done() {
    let queue = Mutex::new(["sweep".to_owned()].into());
    let mut done = Vec::new();
    work_off(&queue, |job| {
        match job.as_str() {
            "sweep" => hand_in!(queue, "mop"),
            "mop" => hand_in!(queue, "dust"),
            _ => {}
        }
        done.push(job);
    });
    assert_eq!(done, ["sweep", "mop", "dust"], "the jobs that were done");
}
