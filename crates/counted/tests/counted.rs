//! What owners and handles promise when they run.

use counted::{Counted, Weak};
use counted::{lossy, shared, unique, weak};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;

const THREADS: usize = 4;
const EACH: usize = 2_000;

#[test]
fn as_long_as_one_thread_counts_the_lossy_count_is_right() {
    let owners = lossy::Owners::one();
    owners.come();
    assert_eq!([owners.go(), owners.go()], [false, true]);
}

/// Counts its own ends.
struct Witness<'count>(&'count AtomicUsize);

impl Drop for Witness<'_> {
    fn drop(&mut self) {
        self.0.fetch_add(1, Relaxed);
    }
}

/// The tests of each stage that has a value.
macro_rules! stages {
    ($($name:ident: $stage:ident),* $(,)?) => {$(
        mod $name {
            use super::*;
            use $stage::Counted;

            #[test]
            fn all_owners_have_the_same_value() {
                let one = Counted::new(String::from("Ada"));
                let other = one.clone();
                assert_eq!(*other, "Ada");
                assert_eq!(one.as_ptr(), other.as_ptr());
            }

            #[test]
            fn the_last_owner_destroys_the_value_and_no_other() {
                let ends = AtomicUsize::new(0);
                let one = Counted::new(Witness(&ends));
                let other = one.clone();
                drop(one);
                assert_eq!(ends.load(Relaxed), 0);
                drop(other);
                assert_eq!(ends.load(Relaxed), 1);
            }

            #[test]
            fn a_panic_in_the_values_end_reaches_the_last_owner() {
                struct Bomb;
                impl Drop for Bomb {
                    fn drop(&mut self) {
                        panic!("as planned");
                    }
                }
                let one = Counted::new(Bomb);
                drop(one.clone());
                assert!(catch_unwind(AssertUnwindSafe(|| drop(one))).is_err());
            }

            #[test]
            fn of_many_owners_on_many_threads_one_is_the_last() {
                let ends = AtomicUsize::new(0);
                let start = Barrier::new(THREADS);
                let first = Counted::new(Witness(&ends));
                thread::scope(|s| {
                    for _ in 0..THREADS {
                        let mine = first.clone();
                        let start = &start;
                        s.spawn(move || {
                            start.wait();
                            let owners: Vec<_> = (0..EACH).map(|_| mine.clone()).collect();
                            drop(mine);
                            for owner in owners {
                                assert_eq!(owner.0.load(Relaxed), 0);
                            }
                        });
                    }
                    drop(first);
                });
                assert_eq!(ends.load(Relaxed), 1);
            }
        }
    )*};
}

stages! {
    stage_2: shared,
    stage_3: unique,
    stage_4: weak,
}

#[test]
fn only_a_lone_owner_may_change_the_value() {
    let mut one = unique::Counted::new(1);
    *unique::Counted::get_mut(&mut one).unwrap() = 2;
    let other = one.clone();
    assert!(unique::Counted::get_mut(&mut one).is_none());
    drop(other);
    *unique::Counted::get_mut(&mut one).unwrap() += 1;
    assert_eq!(*one, 3);
}

#[test]
fn neither_another_owner_nor_a_handle_may_see_the_value_change() {
    let mut one = Counted::new(1);
    let other = one.clone();
    assert!(Counted::get_mut(&mut one).is_none());
    drop(other);
    let handle = Counted::downgrade(&one);
    assert!(Counted::get_mut(&mut one).is_none());
    drop(handle);
    *Counted::get_mut(&mut one).unwrap() = 2;
    assert_eq!(*one, 2);
}

#[test]
fn a_handle_gives_an_owner_as_long_as_there_is_one() {
    let ends = AtomicUsize::new(0);
    let owner = Counted::new(Witness(&ends));
    let handle = Counted::downgrade(&owner);
    let other = handle.upgrade().unwrap();
    drop(owner);
    assert_eq!(ends.load(Relaxed), 0);
    drop(other);
    assert_eq!(ends.load(Relaxed), 1);
    assert!(handle.upgrade().is_none());
    assert!(handle.clone().upgrade().is_none());
}

#[test]
fn a_value_may_know_its_own_owners_without_keeping_itself_alive() {
    struct Node {
        parent: Option<Weak<Node>>,
        child: Cell<Option<Counted<Node>>>,
        ends: Arc<()>,
    }

    let ends = Arc::new(());
    let node = |parent| Node {
        parent,
        child: Cell::new(None),
        ends: ends.clone(),
    };
    let parent = Counted::new(node(None));
    let child = Counted::new(node(Some(Counted::downgrade(&parent))));
    parent.child.set(Some(child.clone()));
    assert_eq!(Arc::strong_count(&ends), 3);
    let up = child.parent.as_ref().unwrap();
    assert!(up.upgrade().is_some());
    drop(parent);
    assert!(up.upgrade().is_none());
    assert_eq!(Arc::strong_count(&child.ends), 2);
}

#[test]
fn upgrades_and_ends_meet_without_harm() {
    let ends = AtomicUsize::new(0);
    for _ in 0..200 {
        let owner = Counted::new(Witness(&ends));
        let start = Barrier::new(2);
        thread::scope(|s| {
            let handle = Counted::downgrade(&owner);
            let start = &start;
            s.spawn(move || {
                start.wait();
                while let Some(owner) = handle.upgrade() {
                    drop(owner.clone());
                }
            });
            start.wait();
            drop(owner);
        });
    }
    assert_eq!(ends.load(Relaxed), 200);
}
