//! `run_all` runs each job in a thread of its own and returns what they made, in the
//! order of the jobs. What they make can't be cloned.
//!
//! "All threads have ended, I have joined every one of them. So I am the last owner, and
//! may have the vector out of the `Arc`. Who else has it?"

use std::sync::{Arc, Mutex};
use std::thread;

pub type Job<T> = fn() -> T;

pub fn run_all<T: Send + 'static>(jobs: Vec<Job<T>>) -> Vec<T> {
    let made = Arc::new(Mutex::new(Vec::new()));
    let add = {
        let made = Arc::clone(&made);
        move |number: usize, thing: T| made.lock().unwrap().push((number, thing))
    };
    let mut children = Vec::new();
    for (number, job) in jobs.into_iter().enumerate() {
        let add = add.clone();
        children.push(thread::spawn(move || add(number, job())));
    }
    for child in children {
        child.join().unwrap();
    }
    let mut made = Arc::into_inner(made).unwrap().into_inner().unwrap();
    made.sort_by_key(|(number, _)| *number);
    made.into_iter().map(|(_, thing)| thing).collect()
}
