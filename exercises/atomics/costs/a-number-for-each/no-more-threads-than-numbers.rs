//! Each number is lent to one thread. The threads that get none don't start.

use std::thread;

const NUMBERS: usize = 4;

pub fn count(threads: usize, visits: usize, visit: impl Fn(usize) + Sync) -> usize {
    let mut numbers = [0; NUMBERS];
    thread::scope(|s| {
        for (thread, mine) in (0..threads).zip(&mut numbers) {
            let visit = &visit;
            s.spawn(move || {
                for _ in 0..visits {
                    visit(thread);
                    *mine += 1;
                }
            });
        }
    });
    numbers.iter().sum()
}
