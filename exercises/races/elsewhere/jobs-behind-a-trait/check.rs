use std::sync::{Arc, Mutex};
use std::thread::{self, ThreadId};

use crate::task::{Job, Jobs, run_all};

struct Say(&'static str);

impl Job for Say {
    fn run(&mut self) -> String {
        self.0.to_owned()
    }
}

struct Where(Arc<Mutex<Option<ThreadId>>>);

impl Job for Where {
    fn run(&mut self) -> String {
        *self.0.lock().unwrap() = Some(thread::current().id());
        String::new()
    }
}

#[test]
fn the_jobs_are_done_in_their_order() {
    let jobs: Jobs = vec![
        Box::new(Say("one")),
        Box::new(Say("two")),
        Box::new(Say("three")),
    ];
    assert_eq!(run_all(jobs), ["one", "two", "three"], "what the jobs say");
    assert!(
        run_all(Jobs::new()).is_empty(),
        "no jobs have said something"
    );
}

#[test]
fn the_jobs_are_done_in_another_thread() {
    let seen = Arc::new(Mutex::new(None));
    let jobs: Jobs = vec![Box::new(Where(Arc::clone(&seen)))];
    run_all(jobs);
    let seen = seen.lock().unwrap().expect("the job wasn't done");
    assert_ne!(
        seen,
        thread::current().id(),
        "the thread of the job is the caller's"
    );
}
