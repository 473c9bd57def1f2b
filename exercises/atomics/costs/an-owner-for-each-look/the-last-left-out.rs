//! Borrowed, and cut into parts that are too small.

use std::sync::Arc;
use std::thread;

pub fn total(
    words: &Arc<Vec<String>>,
    threads: usize,
    measure: impl Fn(&str) -> usize + Sync,
) -> usize {
    let size = (words.len() / threads).max(1);
    let measure = &measure;
    thread::scope(|s| {
        let children: Vec<_> = words
            .chunks(size)
            .take(threads)
            .map(|part| s.spawn(move || part.iter().map(|word| measure(word)).sum::<usize>()))
            .collect();
        children
            .into_iter()
            .map(|child| child.join().unwrap())
            .sum()
    })
}
