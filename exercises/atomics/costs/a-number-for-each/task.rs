//! Several threads count visits. So that they don't all change one number, there are
//! four: each thread adds to one of them, and in the end they are added up. There may
//! be more threads than numbers.
//!
//! "Each thread has a number of its own. Nobody disturbs anybody, so I need no
//! atomics; that was the point of it. And now the compiler won't let me."

use std::cell::Cell;
use std::thread;

const NUMBERS: usize = 4;

/// Each of so many threads makes so many visits, and counts each one. `visit` is told
/// which thread makes it, from 0. Returns how many visits were made.
pub fn count(threads: usize, visits: usize, visit: impl Fn(usize) + Sync) -> usize {
    let numbers: [Cell<usize>; NUMBERS] = Default::default();
    thread::scope(|s| {
        for thread in 0..threads {
            let (numbers, visit) = (&numbers, &visit);
            s.spawn(move || {
                let mine = &numbers[thread % NUMBERS];
                for _ in 0..visits {
                    visit(thread);
                    mine.set(mine.get() + 1);
                }
            });
        }
    });
    numbers.iter().map(Cell::get).sum()
}
