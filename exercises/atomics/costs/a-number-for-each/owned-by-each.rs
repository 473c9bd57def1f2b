//! Each thread owns its number, and hands it over when it ends.

use std::thread;

pub fn count(threads: usize, visits: usize, visit: impl Fn(usize) + Sync) -> usize {
    thread::scope(|s| {
        let children: Vec<_> = (0..threads)
            .map(|thread| {
                let visit = &visit;
                s.spawn(move || {
                    let mut mine = 0;
                    for _ in 0..visits {
                        visit(thread);
                        mine += 1;
                    }
                    mine
                })
            })
            .collect();
        children
            .into_iter()
            .map(|child| child.join().unwrap())
            .sum()
    })
}
