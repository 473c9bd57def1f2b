//! What the stacks promise when they run.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Barrier};
use std::thread;
use treiber::{Stack, tagged};

#[test]
fn the_last_pushed_is_the_first_popped() {
    let stack = Stack::new();
    (0..4).for_each(|n| stack.push(n));
    let popped: Vec<i32> = std::iter::from_fn(|| stack.pop()).collect();
    assert_eq!(popped, [3, 2, 1, 0]);
}

#[test]
fn a_popped_value_is_dropped_by_its_owner_and_the_others_with_the_stack() {
    let witness = Arc::new(());
    let stack = Stack::new();
    (0..3).for_each(|_| stack.push(witness.clone()));
    drop(stack.pop());
    assert_eq!(Arc::strong_count(&witness), 3);
    drop(stack);
    assert_eq!(Arc::strong_count(&witness), 1);
}

#[test]
fn a_value_that_can_move_but_not_be_shared_may_cross() {
    let stack = Stack::new();
    thread::scope(|s| {
        s.spawn(|| stack.push(Cell::new(5)));
    });
    assert_eq!(stack.pop().unwrap().get(), 5);
}

#[test]
fn values_may_borrow() {
    let name = String::from("Ada");
    let stack = Stack::new();
    stack.push(&name);
    assert_eq!(stack.pop(), Some(&name));
}

#[test]
#[should_panic = "index out of bounds"]
fn a_place_that_does_not_exist_is_refused() {
    tagged::Stack::<1>::new().push(1);
}

#[test]
fn every_value_is_popped_exactly_once() {
    const THREADS: usize = 4;
    const EACH: usize = 5_000;

    let stack = Stack::new();
    let start = Barrier::new(THREADS);
    let popped: Vec<Vec<Box<usize>>> = thread::scope(|s| {
        let threads: Vec<_> = (0..THREADS)
            .map(|thread| {
                let (stack, start) = (&stack, &start);
                s.spawn(move || {
                    start.wait();
                    let mut popped = Vec::new();
                    for n in 0..EACH {
                        stack.push(Box::new(thread * EACH + n));
                        if n % 2 == 0 {
                            popped.extend(stack.pop());
                        }
                    }
                    popped
                })
            })
            .collect();
        threads.into_iter().map(|t| t.join().unwrap()).collect()
    });

    let rest = std::iter::from_fn(|| stack.pop());
    let mut all: Vec<Box<usize>> = popped.into_iter().flatten().chain(rest).collect();
    all.sort_unstable();
    assert!(all.into_iter().map(|n| *n).eq(0..THREADS * EACH));
}

#[test]
fn with_versions_no_place_has_two_owners() {
    const THREADS: usize = 4;
    const EACH: usize = 20_000;

    let stack = tagged::Stack::<3>::new();
    (0..3).for_each(|place| stack.push(place));
    let owned = [(); 3].map(|()| AtomicBool::new(false));
    let start = Barrier::new(THREADS);
    thread::scope(|s| {
        for _ in 0..THREADS {
            s.spawn(|| {
                start.wait();
                for _ in 0..EACH {
                    // Two at a time, so that they come back in another order.
                    let mine: Vec<u32> = (0..2).filter_map(|_| stack.pop()).collect();
                    for &place in &mine {
                        assert!(!owned[place as usize].swap(true, SeqCst), "two owners");
                    }
                    for &place in &mine {
                        owned[place as usize].store(false, SeqCst);
                        stack.push(place);
                    }
                }
            });
        }
    });
    let left: BTreeSet<u32> = std::iter::from_fn(|| stack.pop()).collect();
    assert_eq!(left, BTreeSet::from([0, 1, 2]));
}
