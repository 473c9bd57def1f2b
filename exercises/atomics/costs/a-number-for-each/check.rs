use crate::task::count;
use std::collections::HashSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;

#[test]
fn every_visit_is_counted() {
    for threads in [1, 4, 7] {
        let made = AtomicUsize::new(0);
        let counted = count(threads, 10_000, |_| {
            made.fetch_add(1, Relaxed);
        });
        assert_eq!(
            (counted, made.into_inner()),
            (threads * 10_000, threads * 10_000),
            "visits that {threads} threads counted, and made"
        );
    }
}

#[test]
fn each_thread_makes_its_own_visits() {
    let seen = Mutex::new(HashSet::new());
    count(6, 3, |thread| {
        seen.lock()
            .unwrap()
            .insert((thread, thread::current().id()));
    });
    let seen = seen.into_inner().unwrap();
    let threads: HashSet<_> = seen.iter().map(|(_, id)| *id).collect();
    assert_eq!(
        (seen.len(), threads.len()),
        (6, 6),
        "threads by their number, and by who they were"
    );
}
