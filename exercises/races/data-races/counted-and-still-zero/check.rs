use std::sync::{Condvar, Mutex};
use std::time::Duration;

use crate::task::matching;

const TEXTS: [&str; 4] = ["lock", "wait", "unlock", "relock"];

/// How many match, and whether a text was looked at without the others.
fn found_and_alone() -> (usize, bool) {
    let (state, changed) = (Mutex::new((0, false)), Condvar::new());
    let found = matching(&TEXTS, &|text: &str| {
        let mut state = state.lock().unwrap();
        state.0 += 1;
        changed.notify_all();
        // Threads that run at the same time do meet here; one that is alone gives up.
        let waits = |state: &mut (usize, bool)| state.0 < TEXTS.len() && !state.1;
        let patience = Duration::from_secs(5);
        let (mut state, waited) = changed.wait_timeout_while(state, patience, waits).unwrap();
        state.1 |= waited.timed_out();
        text.contains("lock")
    });
    (found, state.into_inner().unwrap().1)
}

#[test]
fn every_match_counts() {
    assert_eq!(found_and_alone().0, 3, "how many texts match");
}

#[test]
fn all_texts_are_looked_at_at_the_same_time() {
    assert!(
        !found_and_alone().1,
        "a text was looked at while the others weren't"
    );
}
