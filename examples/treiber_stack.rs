//! A stack without a lock; then the pop that succeeds wrongly, step by step, and
//! what cures it. `cargo run --example treiber_stack`.

use std::iter;
use std::thread;
use treiber::{Stack, arena, tagged};

fn main() {
    let (pushed, popped) = many_threads();
    println!("pushed {pushed}, popped {popped}");

    for (how, (slow, next)) in [
        ("places by number", numbered_places()),
        ("with versions", with_versions()),
        ("with epochs", with_epochs()),
    ] {
        println!("{how}: the slow pop takes {slow}, and the next {next}");
    }
}

// ANCHOR: threads
/// Four threads push a thousand numbers each, and pop half as often. The sum of
/// what was pushed, and of what came out.
fn many_threads() -> (u64, u64) {
    let stack = Stack::new();
    let popped: u64 = thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let mut sum = 0;
                    for n in 1..=1000 {
                        stack.push(n);
                        if n % 2 == 0 {
                            sum += stack.pop().unwrap_or(0);
                        }
                    }
                    sum
                })
            })
            .collect();
        threads.into_iter().map(|t| t.join().unwrap()).sum()
    });
    let left: u64 = iter::from_fn(|| stack.pop()).sum();
    (4 * (1..=1000).sum::<u64>(), popped + left)
}
// ANCHOR_END: threads

/// What the slow pop takes, and what the next one does.
type Outcome = (&'static str, &'static str);

/// The names of the places 0, 1 and 2.
fn name(place: Option<u32>) -> &'static str {
    place.map_or("nothing", |place| ["A", "B", "C"][place as usize])
}

// ANCHOR: aba
fn numbered_places() -> Outcome {
    let stack = arena::Stack::<3>::new();
    (0..3).rev().for_each(|place| stack.push(place));

    let slow = stack.look().unwrap(); // A is on top, and B below
    let a = stack.pop().unwrap();
    let _b = stack.pop().unwrap(); // B is ours from now on
    stack.push(a); // A is on top again, and C below
    let taken = slow.take();
    (name(taken), name(stack.pop()))
}
// ANCHOR_END: aba

// ANCHOR: tagged
fn with_versions() -> Outcome {
    let stack = tagged::Stack::<3>::new();
    (0..3).rev().for_each(|place| stack.push(place));

    let slow = stack.look().unwrap();
    let a = stack.pop().unwrap();
    let _b = stack.pop().unwrap();
    stack.push(a); // on top again, with another version
    let taken = slow.take();
    (name(taken), name(stack.pop()))
}
// ANCHOR_END: tagged

// ANCHOR: epochs
fn with_epochs() -> Outcome {
    let stack = Stack::new();
    ["C", "B", "A"]
        .into_iter()
        .for_each(|name| stack.push(name));

    let guard = treiber::pin();
    let slow = stack.look(&guard).unwrap();
    let a = stack.pop().unwrap();
    let _b = stack.pop().unwrap();
    stack.push(a); // in a node of its own, and not where the old one is
    let taken = slow.take();
    (taken.unwrap_or("nothing"), stack.pop().unwrap())
}
// ANCHOR_END: epochs
