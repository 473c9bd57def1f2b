//! How the scopes that others have written differ: what the chapter's table
//! says of them.

use scoped_threadpool::Pool;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::thread;

#[test]
fn the_standard_scope_raises_a_childs_panic_in_the_parent() {
    let left = catch_unwind(|| {
        thread::scope(|s| {
            s.spawn(|| panic!("the child's own"));
        });
    });
    assert!(left.is_err());
}

#[test]
fn crossbeams_scope_returns_a_childs_panic() {
    let left = crossbeam::thread::scope(|s| {
        s.spawn(|_| panic!("the child's own"));
    });
    assert!(left.is_err());
}

#[test]
fn the_pool_raises_a_jobs_panic_in_the_parent() {
    let mut pool = Pool::new(1);
    let left = catch_unwind(AssertUnwindSafe(|| {
        pool.scoped(|s| s.execute(|| panic!("the job's own")));
    }));
    assert!(left.is_err());
}

#[test]
fn the_pool_keeps_its_threads_from_scope_to_scope_and_the_others_start_new_ones() {
    let seen = Mutex::new(Vec::new());
    let note = || seen.lock().unwrap().push(thread::current().id());

    let mut pool = Pool::new(1);
    pool.scoped(|s| s.execute(note));
    pool.scoped(|s| s.execute(note));
    for _ in 0..2 {
        thread::scope(|s| {
            s.spawn(note);
        });
    }
    for _ in 0..2 {
        crossbeam::thread::scope(|s| {
            s.spawn(|_| note());
        })
        .unwrap();
    }

    let seen = seen.into_inner().unwrap();
    assert_eq!(seen[0], seen[1]);
    for n in 1..seen.len() {
        assert!(!seen[n + 1..].contains(&seen[n]));
    }
}
