use std::thread;

use crate::task::{Job, work_all};

#[test]
fn the_jobs_after_a_bad_one_are_done() {
    let number = |text: &'static str| -> Job { Box::new(move || text.parse().unwrap()) };
    let came = work_all(["7", "seven", "70", "700"].map(number).into());
    assert_eq!(
        came,
        [Some(7), None, Some(70), Some(700)],
        "what came of the jobs"
    );
}

#[test]
fn the_jobs_are_done_by_another_thread() {
    let here = thread::current().id();
    let job: Job = Box::new(move || u32::from(thread::current().id() == here));
    assert_eq!(work_all(vec![job]), [Some(0)], "1 if it was done here");
}
