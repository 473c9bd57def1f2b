//! `take_done` takes the tasks that are done out of the list and returns them. Both
//! they and those that stay keep their order.
//!
//! "I only walk along the list and take some of them out. In other languages that
//! works. Well, mostly."

/// Its public parts stay as they are.
pub struct Task {
    pub name: String,
    pub done: bool,
}

pub fn take_done(tasks: &mut Vec<Task>) -> Vec<Task> {
    let mut done = Vec::new();
    for (at, task) in tasks.iter().enumerate() {
        if task.done {
            done.push(tasks.remove(at));
        }
    }
    done
}
