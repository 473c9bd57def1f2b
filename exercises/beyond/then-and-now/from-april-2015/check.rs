use std::sync::{Condvar, Mutex};
use std::time::Duration;

use crate::task::change_all;

#[test]
fn all_numbers_are_changed_when_it_returns() {
    for last in 0..6 {
        let mut numbers: Vec<i64> = (0..last).collect();
        change_all(&mut numbers, |number| *number *= 10);
        let wanted: Vec<i64> = (0..last).map(|number| number * 10).collect();
        assert_eq!(numbers, wanted, "the numbers, times ten");
    }
}

/// How many have come, and whether somebody has gone again alone.
static MEETING: Mutex<(usize, bool)> = Mutex::new((0, false));
static CHANGED: Condvar = Condvar::new();

fn meet(_: &mut i64) {
    let mut meeting = MEETING.lock().unwrap();
    meeting.0 += 1;
    CHANGED.notify_all();
    // Threads that run at the same time do meet here; one that is alone gives up.
    let waits = |meeting: &mut (usize, bool)| meeting.0 < 2 && !meeting.1;
    let patience = Duration::from_secs(5);
    let (mut meeting, waited) = CHANGED
        .wait_timeout_while(meeting, patience, waits)
        .unwrap();
    meeting.1 |= waited.timed_out();
}

#[test]
fn both_halves_are_changed_at_the_same_time() {
    change_all(&mut vec![1, 2], meet);
    let alone = MEETING.lock().unwrap().1;
    assert!(!alone, "one half was changed before the other was begun");
}
