use std::cell::Cell;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{LazyLock, Mutex};
use std::thread::{self, ThreadId};
use std::time::Duration;

use crate::task::run_all;

/// Neither this nor what is in it can be cloned.
struct Made(&'static str, ThreadId);

fn made(what: &'static str) -> Made {
    Made(what, thread::current().id())
}

thread_local!(static UNTIL_THE_THREAD_ENDS: Cell<Option<Sender<()>>> = const { Cell::new(None) });

type Channel = (Mutex<Option<Sender<()>>>, Mutex<Receiver<()>>);
static END: LazyLock<Channel> = LazyLock::new(|| {
    let (tell, ended) = channel();
    (Mutex::new(Some(tell)), Mutex::new(ended))
});

/// Goes on when the thread of `last` has ended, and its sender with it.
fn first() -> Made {
    let ended = END.1.lock().unwrap();
    drop(ended.recv_timeout(Duration::from_secs(5)));
    made("first")
}

fn last() -> Made {
    UNTIL_THE_THREAD_ENDS.set(END.0.lock().unwrap().take());
    made("last")
}

#[test]
fn what_was_made_comes_in_the_order_of_the_jobs() {
    let made = run_all(vec![first, || made("between"), last]);
    let names: Vec<_> = made.iter().map(|Made(what, _)| *what).collect();
    assert_eq!(names, ["first", "between", "last"], "what was made");
}

#[test]
fn each_job_has_a_thread_of_its_own() {
    let jobs: Vec<fn() -> Made> = vec![|| made("a"), || made("b")];
    let by: Vec<_> = run_all(jobs).into_iter().map(|Made(_, by)| by).collect();
    let mine = thread::current().id();
    assert!(
        !by.contains(&mine) && by[0] != by[1],
        "jobs that were done in the same thread"
    );
}
