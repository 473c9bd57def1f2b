use std::sync::{Condvar, Mutex};
use std::time::Duration;

use crate::task::totals;

fn rows() -> Vec<Vec<u64>> {
    vec![vec![1, 2, 3], vec![], vec![10], vec![4, 4]]
}

#[test]
fn the_totals_come_in_the_order_of_the_rows() {
    let totals = totals(&rows(), &|row| row.iter().sum());
    assert_eq!(totals, [6, 0, 10, 8], "the totals");
}

#[derive(Default)]
struct Meeting {
    met: usize,
    given_up: bool,
}

#[test]
fn all_rows_are_added_up_at_the_same_time() {
    let (rows, meeting, changed) = (rows(), Mutex::new(Meeting::default()), Condvar::new());
    totals(&rows, &|row| {
        let mut now = meeting.lock().unwrap();
        now.met += 1;
        changed.notify_all();
        // Threads that run at the same time do meet here; one that is alone gives up.
        let waits = |now: &mut Meeting| now.met < rows.len() && !now.given_up;
        let patience = Duration::from_secs(5);
        let (mut now, waited) = changed.wait_timeout_while(now, patience, waits).unwrap();
        now.given_up |= waited.timed_out();
        row.iter().sum()
    });
    let given_up = meeting.into_inner().unwrap().given_up;
    assert!(
        !given_up,
        "a row was added up while the others hadn't begun"
    );
}
