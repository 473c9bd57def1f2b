use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::task::in_background;

/// Only where it would be waited for in vain is it waited for that long.
const PATIENCE: Duration = Duration::from_secs(3);

#[test]
fn the_work_is_done_on_another_thread() {
    let words = vec!["one", "two"];
    let [one, two] = [1, 2].map(|n| in_background(move || n * n));
    let concat = in_background(move || words.concat());
    assert_eq!(concat.wait(), "onetwo", "what came of the work");
    assert_eq!(
        (two.wait(), one.wait()),
        (4, 1),
        "the squares of two and of one"
    );

    let there = in_background(|| thread::current().id()).wait();
    assert!(
        there != thread::current().id(),
        "the work was done by who asked"
    );
}

#[test]
fn the_work_begins_before_anybody_waits() {
    let (begun, news) = mpsc::channel();
    let pending = in_background(move || begun.send(()).is_ok());
    let news = news.recv_timeout(PATIENCE);
    assert!(
        news.is_ok(),
        "the work hasn't begun, and nobody has waited for it yet"
    );
    assert!(pending.wait(), "the work was done without its listener");
}

#[test]
fn who_asked_goes_on_meanwhile() {
    let (go, gone) = mpsc::channel();
    let pending = in_background(move || gone.recv_timeout(PATIENCE).is_ok());
    let listened = go.send(()).is_ok();
    assert!(
        pending.wait() && listened,
        "who asked could go on only after the work"
    );
}
