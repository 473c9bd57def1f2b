//! Both stages' own source, and the place they sleep at, run by loom.
//!
//! Loom reports an access that nothing orders behind the last one, and a
//! schedule in which nobody can go on: a lost wake-up is a deadlock.

#[path = "../src/place.rs"]
mod place;
#[path = "../src/three.rs"]
mod three;
#[path = "../src/two.rs"]
mod two;

use loom::model::Builder;
use loom_std::sync::Arc;
use loom_std::thread::spawn;
use loom_std::{cell, sync, thread};

/// The tests of each stage.
macro_rules! stages {
    ($($name:ident: $stage:ident),* $(,)?) => {$(
        mod $name {
            use super::*;

            /// Lets `threads` threads and the main one add 1 each, under every
            /// schedule in which no more than `preemptions` times a thread that
            /// could go on has to wait for another.
            fn everybody_adds_one(threads: usize, preemptions: usize, before: fn()) {
                let mut model = Builder::new();
                model.preemption_bound = Some(preemptions);
                model.check(move || {
                    let count = Arc::new($stage::Mutex::new(0));
                    let adders: Vec<_> = (0..threads)
                        .map(|_| {
                            let count = count.clone();
                            spawn(move || {
                                before();
                                *count.lock() += 1
                            })
                        })
                        .collect();
                    before();
                    *count.lock() += 1;
                    for adder in adders {
                        adder.join().unwrap();
                    }
                    assert_eq!(*count.lock(), threads + 1);
                });
            }

            #[test]
            fn two_threads_exclude_each_other() {
                everybody_adds_one(1, 4, || ());
            }

            #[test]
            fn of_three_threads_each_gets_its_turn() {
                everybody_adds_one(2, 2, || ());
            }

            #[test]
            fn a_stray_unpark_neither_unlocks_nor_takes_a_wake_up() {
                everybody_adds_one(2, 2, || thread::current().unpark());
            }
        }
    )*};
}

stages! {
    stage_1: two,
    stage_2: three,
}
