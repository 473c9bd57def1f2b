//! The whole list is taken and sorted into two new ones; one of them goes back.

use std::mem;

pub struct Task {
    pub name: String,
    pub done: bool,
}

pub fn take_done(tasks: &mut Vec<Task>) -> Vec<Task> {
    let (done, open) = mem::take(tasks).into_iter().partition(|task| task.done);
    *tasks = open;
    done
}
