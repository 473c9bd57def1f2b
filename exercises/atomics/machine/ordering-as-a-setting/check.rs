use std::panic;
use std::sync::atomic::Ordering::{self, *};
use std::thread;

use crate::task::Counter;

/// What comes of something with each ordering that is given to a counter.
fn with_each(of: impl Fn(Counter) -> u32 + panic::RefUnwindSafe) -> Vec<(Ordering, Option<u32>)> {
    let of = |order| {
        let came = panic::catch_unwind(|| of(Counter::new(order)));
        (order, came.ok())
    };
    [Relaxed, Acquire, Release, AcqRel, SeqCst].map(of).to_vec()
}

fn all(number: u32) -> Vec<(Ordering, Option<u32>)> {
    [Relaxed, Acquire, Release, AcqRel, SeqCst]
        .map(|order| (order, Some(number)))
        .to_vec()
}

#[test]
fn every_hit_is_counted_with_every_ordering() {
    let read = with_each(|counter| {
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| (0..100).for_each(|_| counter.hit()));
            }
        });
        counter.read()
    });
    assert_eq!(
        read,
        all(200),
        "what was read of 200 hits (`None`: a panic)"
    );
}

#[test]
fn a_counter_that_was_reset_counts_from_0_with_every_ordering() {
    let read = with_each(|counter| {
        counter.hit();
        counter.reset();
        counter.hit();
        counter.read()
    });
    assert_eq!(
        read,
        all(1),
        "what was read after a reset and a hit (`None`: a panic)"
    );
}
