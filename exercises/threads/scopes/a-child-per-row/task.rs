//! `totals` adds up each row in a thread of its own, all of them at the same time,
//! and returns the totals in the order of the rows. `add` is how a row is added up.
//!
//! "Every child writes to its own place in `totals`, no two to the same. So why
//! may they not? And `i` is only a number!"

use std::thread;

pub fn totals(rows: &[Vec<u64>], add: &(impl Fn(&[u64]) -> u64 + Sync)) -> Vec<u64> {
    let mut totals = vec![0; rows.len()];
    thread::scope(|s| {
        for i in 0..rows.len() {
            s.spawn(|| totals[i] = add(&rows[i]));
        }
    });
    totals
}
