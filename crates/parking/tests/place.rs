//! How often the mutexes go to the place where one sleeps: their own source over
//! a place that counts.

use std::{cell, sync};

#[path = "../src/three.rs"]
mod three;
#[path = "../src/two.rs"]
mod two;

mod place {
    use std::cell::Cell;
    use std::sync::atomic::AtomicU32;

    std::thread_local!(pub static WAKES: Cell<usize> = const { Cell::new(0) });

    pub struct Place;

    impl Place {
        pub fn new() -> Place {
            Place
        }

        pub fn wait(&self, _: &AtomicU32, _: u32) {
            panic!("nobody else is here");
        }

        pub fn wake_one(&self) {
            WAKES.set(WAKES.get() + 1);
        }
    }
}

#[test]
fn with_two_states_each_unlock_looks_for_sleepers() {
    let mutex = two::Mutex::new(0);
    for _ in 0..10 {
        *mutex.lock() += 1;
    }
    assert_eq!((*mutex.lock(), place::WAKES.get()), (10, 10));
}

#[test]
fn with_three_states_an_unlock_for_which_nobody_waits_looks_for_nobody() {
    let mutex = three::Mutex::new(0);
    for _ in 0..10 {
        *mutex.lock() += 1;
    }
    assert_eq!((*mutex.lock(), place::WAKES.get()), (10, 0));
}
