use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::task::work_during;

/// Only a program that does no work during the talk makes anybody wait that long.
const LONG: Duration = Duration::from_secs(2);

#[test]
fn the_work_goes_on_during_the_talk_and_no_longer() {
    let here = thread::current().id();
    let done = AtomicUsize::new(0);
    let (working, worked) = mpsc::sync_channel(3);
    let talk = || {
        for _ in 0..3 {
            let worker = worked.recv_timeout(LONG).ok();
            assert!(worker.is_some(), "no work was done while the talk went on");
            assert_ne!(worker, Some(here), "the thread that worked");
        }
    };
    let work = || {
        done.fetch_add(1, Relaxed);
        // From the fourth on, nobody may be listening.
        let _ = working.try_send(thread::current().id());
    };
    let times = work_during(talk, work);
    assert_eq!(
        times,
        done.load(Relaxed),
        "how often it says that it worked"
    );
}
