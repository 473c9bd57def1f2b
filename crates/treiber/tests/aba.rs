//! The ABA problem, step by step: one pop looks, others come in between, and
//! then it takes. One thread plays all parts, so the order is the same each time.

use treiber::{arena, pin, stack, tagged};

const A: u32 = 0;
const B: u32 = 1;
const C: u32 = 2;

#[test]
fn a_top_that_went_and_came_back_deceives_compare_and_swap() {
    let stack = arena::Stack::<3>::new();
    [C, B, A].into_iter().for_each(|place| stack.push(place));

    let slow = stack.look().unwrap(); // A on top, B below
    assert_eq!(stack.pop(), Some(A));
    assert_eq!(stack.pop(), Some(B)); // and B stays with its new owner
    stack.push(A); // A is back, and now C lies below
    assert_eq!(slow.take(), Some(A)); // nothing has changed, it seems

    assert_eq!(stack.pop(), Some(B), "a second owner");
    assert_eq!(stack.pop(), Some(C));
    assert_eq!(stack.pop(), None);
}

#[test]
fn a_top_with_another_version_is_another_top() {
    let stack = tagged::Stack::<3>::new();
    [C, B, A].into_iter().for_each(|place| stack.push(place));

    let slow = stack.look().unwrap();
    assert_eq!(stack.pop(), Some(A));
    assert_eq!(stack.pop(), Some(B));
    stack.push(A);
    assert_eq!(slow.take(), None);

    assert_eq!(stack.pop(), Some(A));
    assert_eq!(stack.pop(), Some(C));
    assert_eq!(stack.pop(), None);
}

#[test]
fn a_node_that_somebody_looks_at_does_not_come_back() {
    let stack = stack::Stack::new();
    ["C", "B", "A"]
        .into_iter()
        .for_each(|value| stack.push(value));

    let guard = pin();
    let slow = stack.look(&guard).unwrap();
    assert_eq!(stack.pop(), Some("A"));
    assert_eq!(stack.pop(), Some("B"));
    stack.push("A"); // the value, in a new node
    assert_eq!(slow.take(), None);

    assert_eq!(stack.pop(), Some("A"));
    assert_eq!(stack.pop(), Some("C"));
    assert_eq!(stack.pop(), None);
}

#[test]
fn as_long_as_nobody_comes_in_between_two_steps_are_a_pop() {
    let (arena, tagged, stack) = (
        arena::Stack::<1>::new(),
        tagged::Stack::<1>::new(),
        stack::Stack::new(),
    );
    arena.push(A);
    tagged.push(A);
    stack.push("A");
    assert_eq!(arena.look().unwrap().take(), Some(A));
    assert_eq!(tagged.look().unwrap().take(), Some(A));
    assert_eq!(stack.look(&pin()).unwrap().take(), Some("A"));
    assert!(arena.look().is_none() && tagged.look().is_none() && stack.look(&pin()).is_none());
}
