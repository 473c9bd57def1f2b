use crate::task::{Task, take_done};

/// A capital letter is a task that is done.
fn list(letters: &str) -> Vec<Task> {
    let task = |letter: char| Task {
        name: letter.to_string(),
        done: letter.is_uppercase(),
    };
    letters.chars().map(task).collect()
}

fn names(tasks: &[Task]) -> String {
    tasks.iter().map(|task| task.name.as_str()).collect()
}

#[test]
fn those_that_are_done_come_out_in_their_order() {
    let mut tasks = list("aBCdEf");
    let done = take_done(&mut tasks);
    assert_eq!(names(&done), "BCE", "the tasks that came out");
}

#[test]
fn the_others_stay_in_their_order() {
    let mut tasks = list("aBcde");
    take_done(&mut tasks);
    assert_eq!(names(&tasks), "acde", "the tasks that stayed");
}
