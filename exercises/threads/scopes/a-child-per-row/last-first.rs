//! Handles on a stack: the last child comes off first.

use std::thread;

pub fn totals(rows: &[Vec<u64>], add: &(impl Fn(&[u64]) -> u64 + Sync)) -> Vec<u64> {
    thread::scope(|s| {
        let mut children: Vec<_> = rows.iter().map(|row| s.spawn(move || add(row))).collect();
        let mut totals = Vec::new();
        while let Some(child) = children.pop() {
            totals.push(child.join().unwrap());
        }
        totals
    })
}
