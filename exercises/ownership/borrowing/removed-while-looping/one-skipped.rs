//! By index, which compiles, but what has moved up into the gap is never looked at.

pub struct Task {
    pub name: String,
    pub done: bool,
}

pub fn take_done(tasks: &mut Vec<Task>) -> Vec<Task> {
    let mut done = Vec::new();
    let mut at = 0;
    while at < tasks.len() {
        if tasks[at].done {
            done.push(tasks.remove(at));
        }
        at += 1;
    }
    done
}
