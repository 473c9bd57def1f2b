use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use crate::task::{Job, run_all};

#[derive(Default)]
struct Meeting {
    met: usize,
    given_up: bool,
}

#[test]
fn all_jobs_run_at_the_same_time() {
    let meeting = Arc::new((Mutex::new(Meeting::default()), Condvar::new()));
    let job = |_| -> Job {
        let meeting = Arc::clone(&meeting);
        Box::new(move || {
            let (now, changed) = &*meeting;
            let mut now = now.lock().unwrap();
            now.met += 1;
            changed.notify_all();
            // Threads that run at the same time do meet here; one that is alone gives up.
            let waits = |now: &mut Meeting| now.met < 4 && !now.given_up;
            let patience = Duration::from_secs(3);
            let (mut now, waited) = changed.wait_timeout_while(now, patience, waits).unwrap();
            now.given_up |= waited.timed_out();
            0
        })
    };
    run_all((0..4).map(job).collect());
    let given_up = meeting.0.lock().unwrap().given_up;
    assert!(!given_up, "a job was done while the others hadn't begun");
}

#[test]
fn the_results_come_in_the_order_of_the_jobs() {
    let jobs: Vec<Job> = vec![Box::new(|| 3), Box::new(|| 1), Box::new(|| 2)];
    assert_eq!(run_all(jobs), [3, 1, 2], "the results");
}
