//! Who has the lock may take what is in it, and needn't be the last owner.

use std::mem;
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
    let mut made = mem::take(&mut *made.lock().unwrap());
    made.sort_by_key(|(number, _)| *number);
    made.into_iter().map(|(_, thing)| thing).collect()
}
