use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::task::first_over;

#[test]
fn the_first_over_the_limit_is_found_where_others_follow() {
    let found = first_over(10, [3, 12, 5, 14, 7].into_iter());
    assert_eq!(found, Some(12), "the number that was found");
}

#[test]
fn none_is_found_where_there_is_none() {
    let found = first_over(10, [3, 4, 5].into_iter());
    assert_eq!(found, None, "the number that was found");
}

#[test]
fn little_more_is_read_than_was_needed() {
    let read = AtomicUsize::new(0);
    let source = (1..=1000).inspect(|_| {
        read.fetch_add(1, Ordering::Relaxed);
    });
    first_over(10, source);
    let read = read.into_inner();
    assert!(
        read <= 13,
        "{read} numbers were read, and the eleventh was the one"
    );
}

#[test]
fn the_source_is_read_by_another_thread() {
    let readers = Mutex::new(Vec::new());
    let source = (1..=3).inspect(|_| readers.lock().unwrap().push(thread::current().id()));
    first_over(10, source);
    let readers = readers.into_inner().unwrap();
    assert_eq!(readers.len(), 3, "how many numbers were read");
    assert!(
        !readers.contains(&thread::current().id()),
        "the source was read by the thread that called"
    );
}
