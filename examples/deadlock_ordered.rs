//! The cures for a deadlock: one order for all, or both locks at once. And
//! every state that two threads can come to, with and without the cure.
//! `cargo run --example deadlock_ordered`.

#[path = "deadlock_ordered/keyed.rs"]
mod keyed;

use keyed::Key;
use std::array;
use std::collections::BTreeSet;
use std::sync::{Barrier, Mutex, MutexGuard};
use std::thread;

fn main() {
    one_order();
    at_once();
    every_state();
}

// ANCHOR: both
struct Account {
    number: u32,
    balance: Mutex<i32>,
}

/// Locks both accounts, the one with the lower number first.
fn both<'a>(a: &'a Account, b: &'a Account) -> [MutexGuard<'a, i32>; 2] {
    assert_ne!(a.number, b.number, "the same account twice");
    if a.number < b.number {
        let a = a.balance.lock().unwrap();
        let b = b.balance.lock().unwrap();
        [a, b]
    } else {
        let [b, a] = both(b, a);
        [a, b]
    }
}
// ANCHOR_END: both

fn one_order() {
    let [mine, yours] = [1, 2].map(|number| Account {
        number,
        balance: Mutex::new(2000),
    });
    let transfer = |from, to, amount| {
        let [mut from, mut to] = both(from, to);
        *from -= amount;
        *to += amount;
    };
    let start = Barrier::new(2);
    thread::scope(|scope| {
        scope.spawn(|| {
            start.wait();
            (0..1000).for_each(|_| transfer(&mine, &yours, 3));
        });
        scope.spawn(|| {
            start.wait();
            (0..1000).for_each(|_| transfer(&yours, &mine, 2));
        });
    });
    println!("one order: {:?}", both(&mine, &yours));
}

fn at_once() {
    let [mine, yours] = [2000, 2000].map(Mutex::new);
    let transfer = |from, to, amount| {
        let mut key = Key::take().expect("one key for each thread");
        for _ in 0..1000 {
            let [mut from, mut to] = key.both(from, to);
            *from -= amount;
            *to += amount;
        }
        *key.lock(from) += 1000; // this one alone
    };
    thread::scope(|scope| {
        scope.spawn(|| transfer(&mine, &yours, 3));
        scope.spawn(|| transfer(&yours, &mine, 2));
    });
    let mut key = Key::take().expect("this thread's");
    println!("at once: {:?}", key.both(&mine, &yours));
}

// ANCHOR: explore
/// A capital letter takes a lock, the small one gives it back. Visits every
/// state that the threads can come to, and keeps those where nobody can go on.
fn explore<const N: usize>(threads: [&str; N]) {
    let mut stuck = Vec::new();
    let mut states = BTreeSet::from([[0; N]]); // the steps that each has done
    let mut to_visit = vec![[0; N]];
    while let Some(state) = to_visit.pop() {
        let done: [&str; N] = array::from_fn(|t| &threads[t][..state[t]]);
        let is_held = |lock: char| {
            let gives_back = lock.to_ascii_lowercase();
            done.iter()
                .any(|done| done.contains(lock) && !done.contains(gives_back))
        };
        let mut nobody = true;
        for t in 0..N {
            match threads[t][state[t]..].chars().next() {
                None => continue,                                               // at its end
                Some(step) if step.is_uppercase() && is_held(step) => continue, // waits
                Some(_) => nobody = false,
            }
            let mut after = state;
            after[t] += 1;
            if states.insert(after) {
                to_visit.push(after);
            }
        }
        if nobody && done != threads {
            stuck.push(done);
        }
    }
    println!("{threads:?}: {} states, stuck: {stuck:?}", states.len());
}

fn every_state() {
    explore(["ABba", "BAab"]);
    explore(["ABba", "ABba"]);
    explore(["ABba", "BCcb", "CAac"]);
    explore(["ABba", "BCcb", "ACca"]);
}
// ANCHOR_END: explore
