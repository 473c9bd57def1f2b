use crate::task::work_elsewhere;
use std::sync::Mutex;
use std::thread;

#[test]
fn the_work_is_done_on_the_list() {
    let list = Mutex::new(vec![3, 1, 2]);
    work_elsewhere(&list, |list| list.sort());
    assert_eq!(list.into_inner().unwrap(), [1, 2, 3], "the list, sorted");
}

#[test]
fn the_list_is_locked_while_it_is_worked_on_and_free_afterwards() {
    let list = Mutex::new(vec![3, 1, 2]);
    let mut locked = false;
    work_elsewhere(&list, |_| locked = list.try_lock().is_err());
    assert!(locked, "others could look at the list meanwhile");
    assert!(
        list.try_lock().is_ok(),
        "the list was still locked afterwards"
    );
}

#[test]
fn the_work_is_done_on_another_thread() {
    let list = Mutex::new(Vec::new());
    let mut worker = thread::current().id();
    work_elsewhere(&list, |_| worker = thread::current().id());
    assert_ne!(
        worker,
        thread::current().id(),
        "the thread that worked, and this one"
    );
}
