//! Each number is an atomic: two threads may come to one of them.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;

const NUMBERS: usize = 4;

pub fn count(threads: usize, visits: usize, visit: impl Fn(usize) + Sync) -> usize {
    let numbers: [AtomicUsize; NUMBERS] = Default::default();
    thread::scope(|s| {
        for thread in 0..threads {
            let (numbers, visit) = (&numbers, &visit);
            s.spawn(move || {
                let mine = &numbers[thread % NUMBERS];
                for _ in 0..visits {
                    visit(thread);
                    mine.fetch_add(1, Relaxed);
                }
            });
        }
    });
    numbers.iter().map(|number| number.load(Relaxed)).sum()
}
