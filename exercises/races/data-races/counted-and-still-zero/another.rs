//! Nothing is shared: each thread returns what it has found, and it is counted here.

use std::thread;

pub fn matching(texts: &[&str], matches: &(impl Fn(&str) -> bool + Sync)) -> usize {
    thread::scope(|s| {
        let children: Vec<_> = texts
            .iter()
            .map(|text| s.spawn(move || matches(text)))
            .collect();
        let found = children.into_iter().map(|child| child.join().unwrap());
        found.filter(|found| *found).count()
    })
}
