//! Cloned once for each thread: fewer, and still more than are needed.

use std::sync::Arc;
use std::thread;

pub fn total(
    words: &Arc<Vec<String>>,
    threads: usize,
    measure: impl Fn(&str) -> usize + Sync,
) -> usize {
    thread::scope(|s| {
        let children: Vec<_> = (0..threads)
            .map(|first| {
                let (words, measure) = (words.clone(), &measure);
                s.spawn(move || {
                    let mine = words.iter().skip(first).step_by(threads);
                    mine.map(|word| measure(word)).sum::<usize>()
                })
            })
            .collect();
        children
            .into_iter()
            .map(|child| child.join().unwrap())
            .sum()
    })
}
