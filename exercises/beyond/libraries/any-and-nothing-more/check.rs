use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::task::both;

/// Only where it would be waited for in vain is it waited for that long.
const PATIENCE: Duration = Duration::from_secs(3);

/// The panic of `both`, if the jobs do this.
fn panic_of(
    first: impl FnOnce() -> i32 + Send,
    second: impl FnOnce() -> i32 + Send,
) -> Box<dyn Any + Send> {
    let caught = catch_unwind(AssertUnwindSafe(|| both(first, second)));
    caught.err().expect("a job has panicked, and `both` hasn't")
}

fn text(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or(panic.downcast_ref::<&str>().copied())
        .unwrap_or("(no text)")
}

#[test]
fn the_jobs_run_side_by_side() {
    let word = String::from("two");
    let results = both(|| 1, || word.len());
    assert_eq!(results, (1, 3), "what came of the jobs");

    let (to_one, at_one) = mpsc::channel();
    let (to_two, at_two) = mpsc::channel();
    let met = both(
        move || to_two.send(()).is_ok() && at_one.recv_timeout(PATIENCE).is_ok(),
        move || to_one.send(()).is_ok() && at_two.recv_timeout(PATIENCE).is_ok(),
    );
    assert_eq!(met, (true, true), "whether each job has met the other one");
}

#[test]
fn the_report_says_what_was_wrong() {
    let file = String::from("names.txt");
    let panic = panic_of(|| panic!("{file} is missing"), || 2);
    assert_eq!(
        text(&*panic),
        "names.txt is missing",
        "what the report says of the first job"
    );
    let panic = panic_of(|| 1, || panic!("no space left"));
    assert_eq!(
        text(&*panic),
        "no space left",
        "what the report says of the second job"
    );
}

#[test]
fn a_panic_need_not_be_a_text() {
    let panic = panic_of(|| panic_any(404), || 2);
    let code = panic.downcast_ref::<i32>().copied();
    assert_eq!(
        code,
        Some(404),
        "the number that the first job panicked with"
    );
}

#[test]
fn the_other_job_is_done_first() {
    let done = AtomicBool::new(false);
    panic_of(
        || panic!("the first"),
        || i32::from(done.swap(true, SeqCst)),
    );
    assert!(
        done.load(SeqCst),
        "whether the second job was done, though the first panicked"
    );

    let done = AtomicBool::new(false);
    let first = || {
        thread::yield_now();
        i32::from(done.swap(true, SeqCst))
    };
    panic_of(first, || panic!("the second"));
    assert!(
        done.load(SeqCst),
        "whether the first job was done, though the second panicked"
    );
}
