//! By index, and a step forward only where nothing was taken.

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
        } else {
            at += 1;
        }
    }
    done
}
