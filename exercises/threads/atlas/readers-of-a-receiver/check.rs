use std::sync::{Condvar, Mutex, mpsc};
use std::time::Duration;

use crate::task::in_two;

/// A channel with these jobs in it, and at its end.
fn jobs(numbers: &[u32]) -> mpsc::Receiver<u32> {
    let (sender, receiver) = mpsc::channel();
    numbers.iter().for_each(|n| sender.send(*n).unwrap());
    receiver
}

#[test]
fn every_job_is_done_once() {
    let done = Mutex::new(Vec::new());
    in_two(jobs(&[3, 1, 4, 5, 9]), |n| done.lock().unwrap().push(n));
    let mut done = done.into_inner().unwrap();
    done.sort();
    assert_eq!(done, [1, 3, 4, 5, 9], "the jobs that were done");
}

#[test]
fn two_jobs_are_under_way_at_once() {
    let (begun, another) = (Mutex::new(0), Condvar::new());
    let met = Mutex::new(true);
    in_two(jobs(&[1, 2]), |_| {
        let mut begun = begun.lock().unwrap();
        *begun += 1;
        another.notify_all();
        // A program in which they can't meet would wait here for ever.
        let limit = Duration::from_secs(4);
        let waited = another.wait_timeout_while(begun, limit, |begun| *begun < 2);
        if waited.unwrap().1.timed_out() {
            *met.lock().unwrap() = false;
        }
    });
    let met = met.into_inner().unwrap();
    assert!(met, "the second job began only when the first was done");
}
