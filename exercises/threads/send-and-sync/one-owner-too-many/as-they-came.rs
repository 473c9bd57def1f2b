//! Taken out well, but in the order in which the threads were done.

use std::mem;
use std::sync::{Arc, Mutex};
use std::thread;

pub type Job<T> = fn() -> T;

pub fn run_all<T: Send + 'static>(jobs: Vec<Job<T>>) -> Vec<T> {
    let made = Arc::new(Mutex::new(Vec::new()));
    let mut children = Vec::new();
    for job in jobs {
        let made = Arc::clone(&made);
        children.push(thread::spawn(move || {
            let thing = job();
            made.lock().unwrap().push(thing);
        }));
    }
    for child in children {
        child.join().unwrap();
    }
    mem::take(&mut *made.lock().unwrap())
}
