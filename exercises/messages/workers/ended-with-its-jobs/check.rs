use std::sync::{Arc, Condvar, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use crate::task::Worker;

#[derive(Default)]
struct Notes {
    dropped: Mutex<bool>,
    changed: Condvar,
    done: Mutex<Vec<&'static str>>,
}

#[test]
fn what_was_submitted_is_done_before_the_drop_is_over() {
    let notes = Arc::new(Notes::default());
    let worker = Worker::start();
    for name in ["wash", "dry"] {
        let notes = Arc::clone(&notes);
        worker.submit(move || {
            // A job takes its time: it is in no hurry unless nobody waits for it.
            let dropped = notes.dropped.lock().unwrap();
            let waits = |dropped: &mut bool| !*dropped;
            let patience = Duration::from_millis(500);
            let waited = notes.changed.wait_timeout_while(dropped, patience, waits);
            let name = if *waited.unwrap().0 { "too late" } else { name };
            notes.done.lock().unwrap().push(name);
        });
    }
    drop(worker);
    *notes.dropped.lock().unwrap() = true;
    notes.changed.notify_all();
    let done = notes.done.lock().unwrap().join(", ");
    assert_eq!(done, "wash, dry", "what was done when the drop was over");
}

#[test]
fn the_jobs_are_done_by_another_thread() {
    let worker = Worker::start();
    let (note, noted) = mpsc::channel();
    worker.submit(move || note.send(thread::current().id()).unwrap());
    let id = noted.recv_timeout(Duration::from_secs(5));
    let id = id.expect("the job should have been done");
    assert_ne!(id, thread::current().id(), "the thread that did the job");
}
