use std::sync::Mutex;
use std::thread;

use crate::task::{Gauge, fill};

#[test]
fn the_gauge_can_be_read_while_it_is_filled() {
    let gauge = Gauge::default();
    let seen = Mutex::new(Vec::new());
    // Each level is looked at before it is set, so the gauge still shows the one before.
    let levels = [3, 8, 5].into_iter();
    let levels = levels.inspect(|_| seen.lock().unwrap().push(gauge.read()));
    fill(&gauge, levels);
    assert_eq!(
        seen.into_inner().unwrap(),
        [0, 3, 8],
        "what was read before each level was set"
    );
    assert_eq!(gauge.read(), 5, "what the gauge shows in the end");
}

#[test]
fn it_is_filled_on_a_thread_of_its_own() {
    let fillers = Mutex::new(Vec::new());
    let levels = [1, 2].into_iter();
    let levels = levels.inspect(|_| fillers.lock().unwrap().push(thread::current().id()));
    fill(&Gauge::default(), levels);
    let here = thread::current().id();
    let fillers = fillers.into_inner().unwrap();
    assert_eq!(fillers.len(), 2, "how many levels there were");
    assert!(
        !fillers.contains(&here),
        "the levels were gone through on the caller's own thread"
    );
}
