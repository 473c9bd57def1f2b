//! The vector itself walks over its items, and hands out those that we want.

pub struct Task {
    pub name: String,
    pub done: bool,
}

pub fn take_done(tasks: &mut Vec<Task>) -> Vec<Task> {
    tasks.extract_if(.., |task| task.done).collect()
}
