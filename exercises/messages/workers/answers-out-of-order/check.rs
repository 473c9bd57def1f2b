use std::collections::HashSet;
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use crate::task::{Job, work_all};

#[test]
fn the_answers_stand_in_the_order_of_the_jobs() {
    // The first job takes until the third one has begun.
    let (third_begins, third_has_begun) = mpsc::channel();
    let first = move || match third_has_begun.recv_timeout(Duration::from_secs(3)) {
        Ok(()) => "wash".to_owned(),
        Err(_) => "nobody else worked while the first job was done".to_owned(),
    };
    let third = move || {
        let _ = third_begins.send(());
        "iron".to_owned()
    };
    let jobs: Vec<Job> = vec![
        Box::new(first),
        Box::new(|| "dry".to_owned()),
        Box::new(third),
    ];
    let answers = work_all(jobs, 2);
    assert_eq!(answers.join(", "), "wash, dry, iron", "the answers");
}

#[test]
fn there_are_no_more_workers_than_were_asked_for() {
    let threads = Arc::new(Mutex::new(HashSet::new()));
    let job = |_| -> Job {
        let threads = Arc::clone(&threads);
        Box::new(move || {
            threads.lock().unwrap().insert(thread::current().id());
            String::new()
        })
    };
    let answers = work_all((0..20).map(job).collect(), 2);
    assert_eq!(answers.len(), 20, "how many answers came");
    let threads = threads.lock().unwrap().len();
    assert!(threads <= 2, "{threads} threads did the work of two");
}
