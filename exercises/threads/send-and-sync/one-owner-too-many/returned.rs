//! No counting at all: each thread has one owner for its result, its handle.

use std::thread;

pub type Job<T> = fn() -> T;

pub fn run_all<T: Send + 'static>(jobs: Vec<Job<T>>) -> Vec<T> {
    let children: Vec<_> = jobs.into_iter().map(thread::spawn).collect();
    children
        .into_iter()
        .map(|child| child.join().unwrap())
        .collect()
}
